namespace LangSmith.Server.Api.Operations;

/// <summary>One operation of LangSmith's API.</summary>
/// <param name="Area">What it is about.</param>
/// <param name="Priority">P0: tracing, feedback and queries. P1: what daily users expect. P2: the rest.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path with its parameters in braces.</param>
internal sealed record Operation(string Area, string Priority, string Method, string Path)
{
    /// <summary>Method and canonical path with parameters unnamed, by which operations are told apart.</summary>
    public string Key => KeyOf(Method, Http.ApiPath.Canonical(Path, wantsPage: false) ?? Path);

    /// <summary>All of them, in the order of the areas.</summary>
    public static IReadOnlyList<Operation> All { get; } = Read();

    public static string KeyOf(string method, string path)
    {
        var segments = path.Trim('/').Split('/').Select(segment => segment.Contains('{', StringComparison.Ordinal) ? "{}" : segment);
        return $"{method} /{string.Join('/', segments)}";
    }

    private static List<Operation> Read()
    {
        using var stream = typeof(Operation).Assembly.GetManifestResourceStream("operations.txt")!;
        using var reader = new StreamReader(stream);
        var operations = new List<Operation>();
        var area = "";
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                area = line[3..];
            }
            else if (line.Split(' ') is ["P0" or "P1" or "P2", var method, var path])
            {
                operations.Add(new Operation(area, line[..2], method, path));
            }
        }

        return operations;
    }
}
