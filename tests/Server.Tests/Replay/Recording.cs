using System.Text.Json;

namespace Server.Tests.Replay;

/// <summary>
/// What an official SDK really sent in one scenario. Every recorded scenario that writes runs or feedback is here. Left out are those that
/// write none (sampling at zero, tracing disabled, ids that the SDK itself refuses), those that only read (listing runs, projects, sharing,
/// the second version: the client itself makes these calls in Clients.Tests), and the vectors, which are tests of the protocol.
/// </summary>
internal sealed class Recording
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "recordings");

    private Recording(string name, JsonElement document)
    {
        Name = name;
        Requests = [.. document.GetProperty("requests").EnumerateArray().Select(r => new RecordedRequest(r))];
    }

    public string Name { get; }

    public IReadOnlyList<RecordedRequest> Requests { get; }

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(s_folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);

    public static Recording Load(string name) => new(name, JsonElement.Parse(File.ReadAllBytes(Path.Combine(s_folder, $"{name}.json"))));
}
