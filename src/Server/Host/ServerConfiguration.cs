namespace LangSmith.Server;

/// <summary>Reads options from <c>appsettings.json</c> (section <c>LangSmithServer</c>), which the environment (<c>LANGSMITH_SERVER_*</c>) beats.</summary>
internal static class ServerConfiguration
{
    /// <param name="folders">Where the file may be; a later folder beats an earlier one.</param>
    public static IConfiguration Load(params IEnumerable<string> folders)
    {
        var files = new ConfigurationBuilder();
        foreach (var folder in folders)
        {
            files.AddJsonFile(Path.Combine(folder, "appsettings.json"), optional: true);
        }

        return new ConfigurationBuilder()
            .AddConfiguration(files.Build().GetSection("LangSmithServer"))
            .AddEnvironmentVariables("LANGSMITH_SERVER_")
            .Build();
    }

    /// <exception cref="ServerStartException">A value cannot be read; the message names it.</exception>
    public static LangSmithServerOptions Read(IConfiguration configuration)
    {
        var defaults = new LangSmithServerOptions();
        return defaults with
        {
            Urls = configuration["URLS"] ?? defaults.Urls,
            DataFolder = configuration["DATA"] ?? defaults.DataFolder,
            ApiKey = configuration["API_KEY"] is { Length: > 0 } key ? key : null,
            PublicUrl = PublicUrl(configuration["PUBLIC_URL"]),
            AllowedHosts = configuration["ALLOWED_HOSTS"]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
            Limits = Bound(configuration, "LIMITS", defaults.Limits),
            Api = Bound(configuration, "API", defaults.Api),
            Store = Bound(configuration, "STORE", defaults.Store),
            Retention = Bound(configuration, "RETENTION", defaults.Retention),
            Verbose = true,
        };
    }

    /// <summary>Sets what a section gives; the rest stays as it is by default. A name that is none is a mistake to be told.</summary>
    private static T Bound<T>(IConfiguration configuration, string section, T options)
        where T : class
    {
        try
        {
            configuration.GetSection(section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
            return options;
        }
        catch (InvalidOperationException exception)
        {
            throw new ServerStartException($"LANGSMITH_SERVER_{section}__…: {exception.Message}", exception);
        }
    }

    private static Uri? PublicUrl(string? text) =>
        string.IsNullOrEmpty(text) ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url
        : throw new ServerStartException($"'{text}' is no public URL; give one like https://langsmith.example.org.");
}
