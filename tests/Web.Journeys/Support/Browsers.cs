namespace Web.Journeys.Support;

/// <summary>Finds the system's browser.</summary>
internal static class Browsers
{
    private static readonly string[] s_usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>The path of Chromium (the variable CHROMIUM comes first); null when there is none.</summary>
    public static string? Chromium { get; } =
        Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } given ? given : s_usual.FirstOrDefault(File.Exists);
}
