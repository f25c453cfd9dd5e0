namespace LangSmith.Server.Web.Shell;

/// <summary>The addresses of pages.</summary>
internal static class Links
{
    public static string Run(Guid id) => $"/r/{id}";

    public static string Project(string name) => $"/p/{Uri.EscapeDataString(name)}";

    /// <summary>The name in an address: routing leaves an encoded slash as it is.</summary>
    public static string Decode(string segment) => segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    public static string Threads(string project) => $"{Project(project)}/threads";

    public static string Thread(string project, string thread) => $"{Threads(project)}/{Uri.EscapeDataString(thread)}";

    public static string Dashboard(string project) => $"{Project(project)}/dashboard";

    public static string Identity(Guid id) => $"/r/{id}?tab=identity";
}
