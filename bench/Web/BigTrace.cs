using System.Globalization;
using System.Net.Http.Json;
using LangSmith.Protocol;

namespace LangSmith.Web.Bench;

/// <summary>One trace of very many runs, as an agent makes it that works for ten minutes: up to twelve levels, a hundred failures.</summary>
internal sealed class BigTrace(DateTimeOffset start)
{
    public const string Project = "big";

    private const int Length = 10_000;
    private const int DepthMax = 12;

    private static readonly (string Name, string Type)[] s_kinds =
        [("plan", "chain"), ("agent", "chain"), ("ChatOpenAI", "llm"), ("fetch_page", "tool"), ("hybrid_retriever", "retriever")];

    private readonly Random _random = new(7);

    /// <summary>Writes it when the store has none.</summary>
    public async Task EnsureAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var projects = await http.GetStringAsync(new Uri($"/api/v1/sessions?name={Project}", UriKind.Relative), cancellationToken);
        if (projects.Contains($"\"{Project}\"", StringComparison.Ordinal))
        {
            return;
        }

        foreach (var runs in Runs().Chunk(500))
        {
            using var answer = await http.PostAsJsonAsync(new Uri("/api/v1/runs/batch", UriKind.Relative), new { post = runs }, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }
    }

    private IEnumerable<Dictionary<string, object?>> Runs()
    {
        var root = new Place(Uuid7.Deterministic(start, "big trace"), null, "", 0);
        root = root with { Order = DottedOrder.Print(start, root.Id) };
        yield return Run(root, root.Id, "deep-research", "chain", start, 620, 0);
        var open = new List<Place> { root };
        for (var i = 1; i < Length; i++)
        {
            var (name, type) = s_kinds[_random.Next(s_kinds.Length)];
            var parent = open[Math.Max(0, open.Count - 1 - _random.Next(40))];
            var begin = start.AddMilliseconds(i * 60);
            var id = Uuid7.Deterministic(begin, string.Create(CultureInfo.InvariantCulture, $"big trace {i}"));
            var place = new Place(id, parent.Id, DottedOrder.Print(parent.Order, begin, id), parent.Depth + 1);
            yield return Run(place, root.Id, name, type, begin, 0.05 + (_random.NextDouble() * 2), i);
            if (type == "chain" && place.Depth < DepthMax)
            {
                open.Add(place);
            }
        }
    }

    private static Dictionary<string, object?> Run(Place place, Guid trace, string name, string type, DateTimeOffset begin, double seconds, int number) => new()
    {
        ["id"] = place.Id,
        ["trace_id"] = trace,
        ["parent_run_id"] = place.Parent,
        ["dotted_order"] = place.Order,
        ["name"] = name,
        ["run_type"] = type,
        ["start_time"] = begin,
        ["end_time"] = begin.AddSeconds(seconds),
        ["error"] = number % 97 == 5 ? "TimeoutError: the upstream service did not answer" : null,
        ["session_name"] = Project,
        ["inputs"] = new { question = "What did the other teams find, and which of it holds?", step = number },
        ["outputs"] = type == "llm"
            ? new { answer = "Three of five sources agree.", usage_metadata = new { input_tokens = 900, output_tokens = 120, total_tokens = 1_020 } }
            : new { answer = "Three of five sources agree." },
        ["extra"] = new { metadata = type == "llm" ? new { ls_model_name = "gpt-4o" } : new object() },
    };

    private sealed record Place(Guid Id, Guid? Parent, string Order, int Depth);
}
