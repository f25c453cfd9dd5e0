using LangSmith.Server.Ingest;

namespace LangSmith.Server;

/// <summary>Reads options from <c>appsettings.json</c> (section <c>LangSmithServer</c>), which the environment (<c>LANGSMITH_SERVER_*</c>) beats.</summary>
internal static class ServerConfiguration
{
    public static IConfiguration Load(string folder)
    {
        var file = new ConfigurationBuilder().SetBasePath(folder).AddJsonFile("appsettings.json", optional: true).Build();
        return new ConfigurationBuilder()
            .AddConfiguration(file.GetSection("LangSmithServer"))
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
            Limits = configuration.GetSection("LIMITS").Get<IngestLimits>() ?? defaults.Limits,
            Api = configuration.GetSection("API").Get<Api.ApiOptions>() ?? defaults.Api,
            Verbose = true,
        };
    }

    private static Uri? PublicUrl(string? text) =>
        string.IsNullOrEmpty(text) ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url
        : throw new ServerStartException($"'{text}' is no public URL; give one like https://langsmith.example.org.");
}
