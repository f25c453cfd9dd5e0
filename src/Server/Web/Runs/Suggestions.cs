using LangSmith.Server.Domain;
using LangSmith.Server.Explore.Statistics;
using LangSmith.Server.Storage.Statistics;
using LangSmith.Server.Web.Shell;

namespace LangSmith.Server.Web.Runs;

/// <summary>Offers fields, and the values that runs really have. Thread-safe.</summary>
internal sealed class Suggestions(FigureReading figures)
{
    private const int ValuesMax = 200;
    private const int ShownMax = 12;

    private static readonly string[] s_statuses = ["success", "error", "running"];

    private static readonly (string Text, string Note)[] s_fields =
    [
        ("status:", "success, error, running"), ("type:", "llm, chain, tool, …"), ("name:", "* stands for anything"), ("tag:", "a tag"),
        ("model:", "the model's name"), ("thread:", "a conversation"), ("latency:>", "such as >5s"), ("tokens:>", "such as >1000"), ("cost:>", "in US dollars"),
        ("error:", "words of the error"), ("meta.", "meta.key:value"), ("feedback.", "feedback.key:>0.5"), ("id:", "a run id"), ("trace:", "a trace id"),
    ];

    /// <summary>What a word that is being written could become.</summary>
    public async Task<IReadOnlyList<Suggestion>> ForAsync(WorkspaceId workspace, Guid? project, string word, CancellationToken cancellationToken)
    {
        var colon = word.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return
            [
                .. s_fields.Where(field => field.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                    .Select(field => new Suggestion(field.Text, field.Note)),
            ];
        }

        var field = word[..colon].ToLowerInvariant();
        var begun = word[(colon + 1)..].Trim('"');
        RunGrouping? grouping = field switch
        {
            "name" => new RunGrouping(RunAttribute.Name),
            "tag" => new RunGrouping(RunAttribute.Tag),
            "model" => new RunGrouping(RunAttribute.Model),
            "thread" => new RunGrouping(RunAttribute.Thread),
            "type" => new RunGrouping(RunAttribute.RunType),
            _ when field.StartsWith("meta.", StringComparison.Ordinal) && field.Length > 5 => new RunGrouping(RunAttribute.Metadata, word[5..colon]),
            _ => null,
        };
        if (field == "status")
        {
            return
            [
                .. s_statuses.Where(value => value.StartsWith(begun, StringComparison.OrdinalIgnoreCase))
                    .Select(value => new Suggestion("status:" + value, "")),
            ];
        }

        if (grouping is null)
        {
            return [];
        }

        var runs = new RunStatisticsQuery { Workspace = workspace, ProjectIds = project is { } id ? [id] : [] };
        var found = await figures.ValuesAsync(runs, grouping, ValuesMax, cancellationToken);
        return
        [
            .. found.Values.Where(one => one.Value.Contains(begun, StringComparison.OrdinalIgnoreCase)).Take(ShownMax)
                .Select(one => new Suggestion(new FilterWord(word[..colon], one.Value).Text, Figures.Short(one.Runs))),
        ];
    }
}
