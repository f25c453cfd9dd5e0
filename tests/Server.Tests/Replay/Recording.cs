using System.Text.Json;

namespace Server.Tests.Replay;

/// <summary>What an official SDK really sent in one scenario.</summary>
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
