namespace LangSmith.Server.Web.Shell;

/// <summary>The addresses of pages.</summary>
internal static class Links
{
    public const string Datasets = "/datasets";

    public const string Queues = "/annotation-queues";

    public const string Prompts = "/prompts";

    public const string Settings = "/settings";

    public static string Dataset(Guid id) => $"{Datasets}/{id}";

    public static string Example(Guid dataset, Guid example) => $"{Dataset(dataset)}/e/{example}";

    public static string Queue(Guid id) => $"{Queues}/{id}";

    public static string Prompt(string name, string? commit = null) =>
        $"{Prompts}/{Uri.EscapeDataString(name)}{(commit is null ? null : "/" + Uri.EscapeDataString(commit))}";

    public static string Run(Guid id) => $"/r/{id}";

    public static string Project(string name) => $"/p/{Uri.EscapeDataString(name)}";

    /// <summary>The name in an address: routing leaves an encoded slash as it is.</summary>
    public static string Decode(string segment) => segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    public static string Threads(string project) => $"{Project(project)}/threads";

    public static string Thread(string project, string thread) => $"{Threads(project)}/{Uri.EscapeDataString(thread)}";

    public static string Dashboard(string project) => $"{Project(project)}/dashboard";

    /// <summary>Two runs side by side; the second is still to be chosen when it is not given.</summary>
    public static string Compare(Guid id, Guid? other = null) => other is { } with ? $"/compare?a={id}&b={with}" : $"/compare?a={id}";
}
