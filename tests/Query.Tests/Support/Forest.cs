using System.Text;
using LangSmith.Server.Domain;
using LangSmith.Server.Domain.Digest;
using LangSmith.Server.Domain.Folding;
using LangSmith.Server.Domain.Pricing;
using LangSmith.Server.Query.Evaluation;

namespace LangSmith.Server.Query.Tests.Support;

/// <summary>The eight runs that the tables ask about, by letter. Cases/matches.txt describes them.</summary>
internal static class Forest
{
    private static readonly DateTimeOffset s_first = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Guid Project { get; } = Guid.Parse("0193a000-0000-7000-8000-000000000001");

    public static IReadOnlyDictionary<char, RunSubject> Runs { get; } = RolledUp(new Dictionary<char, RunSubject>
    {
        ['a'] = Run('a', null, "run", "chain", 1, """{"metadata":{"thread_id":"t1","user_id":"u1","n":5,"env":"prod","c":"x"}}""", tags: ["prod", "a"],
            outputs: """{"answer":"yes"}""", children: 1, feedback: [new("user_score", 1, null, null, "api"), new("Correctness", 0, null, null, "model")]),
        ['b'] = Run('b', 'a', "ChatOpenAI", "llm", 6,
            """{"metadata":{"ls_model_name":"gpt-4o","usage_metadata":{"input_tokens":5000,"output_tokens":1000,"total_tokens":6000,"total_cost":0.02}}}""",
            inputs: """{"messages":[{"content":"Weather of Paris"},{"content":"a secret"}]}""", events: """[{"name":"new_token","time":"2026-01-02T00:00:00.5Z"}]"""),
        ['c'] = Run('c', null, "run", "chain", 1, """{"metadata":{"thread_id":"t2","user_id":"u2","c":"y","conversation_id":"t2"}}""", tags: ["prod", "test", "b"],
            error: "Timeout while waiting", feedback: [new("user_score", 0, null, "too slow", "app"), new("star_rating", 5, null, null, "app")]),
        ['d'] = Run('d', null, "run", "chain", null, "", feedback: [new("grade", null, "A", null, "api"), new("note", null, null, "so slow here", "app")]),
        ['e'] = Run('e', null, "agent-x", "tool", 1, """{"metadata":{"a":{"b":1,"c":[1,{"d":2}]},"tenant_id":"9"}}""", children: 2),
        ['f'] = Run('f', 'e', "RetrieveDocs", "retriever", 1, "", inputs: """{"messages":[{"content":"image of a classification"}]}""", tags: ["beta", "x"]),
        ['g'] = Run('g', 'e', "ExpandQuery", "chain", 0.4, """{"metadata":{"foo":"bar","ls_user_id":"u7","nothing":null}}""", tags: ["y"], example: true),
        ['h'] = Run('h', null, "Zählung 100%", "parser", 12, """{"metadata":{"n":"12","under_score":"A_b"}}""", inputs: """{"text":"refund the Größe"}""",
            outputs: """{"ok":true,"count":3}"""),
    });

    public static Guid Id(char name) => Guid.Parse($"0193a000-0000-7000-8000-0000000000{(int)name:x2}");

    public static DateTimeOffset Start(char name) => s_first.AddDays(name - 'a');

    private static Dictionary<char, RunSubject> RolledUp(Dictionary<char, RunSubject> runs)
    {
        var usage = UsageRollup.Of([.. runs.Values.Select(run => run.Run)]);
        return runs.ToDictionary(run => run.Key, run => run.Value with { Usage = usage[run.Value.Run.Id] });
    }

    private static RunSubject Run(
        char name, char? parent, string title, string type, double? seconds, string extra, string[]? tags = null, string inputs = """{"q":"nothing"}""",
        string outputs = "", string events = "", string? error = null, bool example = false, int children = 0, FeedbackEntry[]? feedback = null)
    {
        var write = new RunWrite
        {
            Workspace = WorkspaceId.Default,
            RunId = Id(name),
            Kind = RunWriteKind.Post,
            ContentHash = 1,
            ReceivedAt = Start(name).AddHours(1),
            TraceId = Id(parent ?? name),
            ParentRunId = parent is { } above ? Id(above) : null,
            Name = title,
            RunType = type,
            StartTime = Start(name),
            EndTime = seconds is { } length ? Start(name).AddSeconds(length) : null,
            Error = error,
            ProjectId = Project,
            ReferenceExampleId = example ? Id('z') : null,
            Tags = tags,
            Inputs = Encoding.UTF8.GetBytes(inputs),
            Outputs = Encoding.UTF8.GetBytes(outputs),
            Extra = Encoding.UTF8.GetBytes(extra),
            Events = Encoding.UTF8.GetBytes(events),
        };
        var folded = RunFold.Fold([new JournalEntry(1, write, PayloadDigest.Of(write))], Project, PriceList.BuiltIn);
        return new RunSubject
        {
            Run = folded.Record with { Inputs = write.Inputs, Outputs = write.Outputs, Extra = write.Extra },
            IsRoot = parent is null,
            Model = folded.Model,
            Metadata = folded.Metadata,
            Feedback = feedback ?? [],
            ReferenceDatasetId = example ? Id('y') : null,
            ChildRuns = children,
        };
    }
}
