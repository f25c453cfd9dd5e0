namespace LangSmith.Server;

/// <summary>Reads options from <c>appsettings.json</c> (section <c>LangSmithServer</c>), which the environment (<c>LANGSMITH_SERVER_*</c>) beats.</summary>
internal static class ServerConfiguration
{
    private static readonly string[] s_settings = ["Urls", "Data", "ApiKey", "PublicUrl", "AllowedHosts", "Limits", "Api", "Store", "Retention"];

    /// <param name="folders">Where the file may be; a later folder beats an earlier one.</param>
    /// <exception cref="ServerStartException">A file is not JSON, or has a setting that is none.</exception>
    public static IConfiguration Load(params IEnumerable<string> folders)
    {
        var files = new ConfigurationBuilder();
        foreach (var folder in folders)
        {
            files.AddJsonFile(Path.Combine(folder, "appsettings.json"), optional: true);
        }

        var section = Built(files).GetSection("LangSmithServer");
        if (section.GetChildren().FirstOrDefault(child => !s_settings.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            // A key under a wrong name would leave the server open.
            throw new ServerStartException($"appsettings.json: 'LangSmithServer:{unknown.Key}' is no setting; there are {string.Join(", ", s_settings)}.");
        }

        return new ConfigurationBuilder()
            .AddConfiguration(section)
            .AddEnvironmentVariables("LANGSMITH_SERVER_")
            .Build();
    }

    /// <remarks>In the environment words are parted (<c>API_KEY</c>), in files they are not (<c>ApiKey</c>).</remarks>
    /// <exception cref="ServerStartException">A value cannot be read; the message names it.</exception>
    public static LangSmithServerOptions Read(IConfiguration configuration)
    {
        var defaults = new LangSmithServerOptions();
        return defaults with
        {
            Urls = configuration["URLS"] ?? defaults.Urls,
            DataFolder = configuration["DATA"] ?? defaults.DataFolder,
            ApiKey = (configuration["API_KEY"] ?? configuration["ApiKey"]) is { Length: > 0 } key ? key : null,
            PublicUrl = PublicUrl.Read(configuration["PUBLIC_URL"] ?? configuration["PublicUrl"]),
            AllowedHosts = configuration["ALLOWED_HOSTS"] is { } hosts ? Split(hosts) : Several(configuration.GetSection("AllowedHosts")),
            Limits = Bound(configuration, "LIMITS", defaults.Limits),
            Api = Bound(configuration, "API", defaults.Api),
            Store = Bound(configuration, "STORE", defaults.Store),
            Retention = Bound(configuration, "RETENTION", defaults.Retention),
            Verbose = true,
        };
    }

    private static IConfigurationRoot Built(ConfigurationBuilder files)
    {
        try
        {
            return files.Build();
        }
        catch (InvalidDataException exception)
        {
            throw new ServerStartException($"{exception.Message} {exception.GetBaseException().Message}", exception);
        }
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

    private static string[] Several(IConfigurationSection section) =>
        section.Value is { } value ? Split(value) : [.. section.GetChildren().Select(child => child.Value!)];

    private static string[] Split(string value) => value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
