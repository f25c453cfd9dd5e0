using System.Text.Json.Nodes;
using CsCheck;
using LangSmith.Protocol;
using LangSmith.Server.Domain;
using LangSmith.Server.Domain.Digest;
using LangSmith.Server.Domain.Folding;
using LangSmith.Server.Domain.Pricing;
using LangSmith.Server.Query.Evaluation;

namespace LangSmith.Server.Storage.Tests.Support;

/// <summary>Some traces with feedback, as they come from anywhere.</summary>
internal sealed record RandomRuns(IReadOnlyList<RandomRuns.Plan> Runs, IReadOnlyList<RandomRuns.Judgement> Feedback)
{
    public sealed record Plan(
        int? Parent, int Minute, double? Seconds, string Name, string RunType, string? Error, string[]? Tags, JsonObject? Metadata, JsonObject? Inputs,
        JsonObject? Outputs, bool Example, string Project, bool IsSplit, int? Tokens);

    public sealed record Judgement(int Run, string Key, string? Score, string? Value, string? Comment, string Source);

    private static readonly Gen<JsonNode?> s_leaf = Gen.Frequency(
        (3, RandomTexts.Name.Select(text => (JsonNode?)JsonValue.Create(text))),
        (2, Gen.OneOf("5", "5.0", "-1e3", "true", "false", "null", "12345678901234567890").Select(json => JsonNode.Parse(json))),
        (1, Gen.OneOf("{\"a\":{\"b\":1}}", "[1,\"x\",{\"env\":\"run\"}]", "{}", "[]").Select(json => JsonNode.Parse(json))));

    private static readonly Gen<JsonObject?> s_object = Gen.Select(RandomTexts.Key, s_leaf).Array[0, 4].Select(entries =>
        (JsonObject?)new JsonObject(entries.DistinctBy(entry => entry.Item1).Select(entry => KeyValuePair.Create(entry.Item1, entry.Item2?.DeepClone()))));

    private static readonly Gen<JsonObject?> s_maybe = Gen.Frequency((1, Gen.Const((JsonObject?)null)), (3, s_object));

    private static readonly Gen<Plan> s_plan =
        from parent in Gen.Int[-6, 7]
        from minute in Gen.Int[0, 3]
        from seconds in Gen.OneOf<double?>(null, 0, 0.5, 1, 2.25)
        from name in RandomTexts.Name
        from type in Gen.OneOf("chain", "llm", "tool")
        from error in Gen.Frequency((3, Gen.Const((string?)null)), (1, RandomTexts.Name.Where(text => text.Length > 0).Select(text => (string?)text)))
        from tags in Gen.Frequency((1, Gen.Const((string[]?)null)), (2, RandomTexts.Name.Array[0, 3].Select(all => (string[]?)all)))
        from metadata in s_maybe
        from inputs in s_maybe
        from outputs in s_maybe
        from example in Gen.Bool
        from project in Gen.OneOf("one", "two")
        from isSplit in Gen.Bool
        from tokens in Gen.OneOf<int?>(null, null, 0, 1, 2)
        select new Plan(parent < 0 ? null : parent, minute, seconds, name, type, error, tags, metadata, inputs, outputs, example, project, isSplit, tokens);

    private static readonly Gen<Judgement> s_judgement =
        from run in Gen.Int[0, 7]
        from key in Gen.OneOf("score", "grade", "'; --")
        from score in Gen.OneOf<string?>(null, "0", "1", "0.5", "true", "false")
        from value in Gen.OneOf<string?>(null, "\"A\"", "5", "{\"a\":1}", "true")
        from comment in Gen.Frequency((1, Gen.Const((string?)null)), (1, RandomTexts.Name.Select(text => (string?)text)))
        from source in Gen.OneOf("api", "app")
        select new Judgement(run, key, score, value, comment, source);

    public static readonly Gen<RandomRuns> Forest = Gen.Select(s_plan.Array[1, 12], s_judgement.Array[0, 6], (runs, feedback) => new RandomRuns(runs, feedback));

    /// <summary>Writes the runs into a workspace of their own, and tells what a filter may know of each.</summary>
    public async Task<IReadOnlyList<RunSubject>> WriteAsync(Engine engine, WorkspaceId workspace)
    {
        var projects = new Dictionary<string, Project>();
        foreach (var (name, dataset) in new[] { ("one", (Guid?)null), ("two", Given.Id(0x77)) })
        {
            var project = new Project { Id = Uuid7.FromTime(Given.Start), Workspace = workspace, Name = name, StartTime = Given.Start, ReferenceDatasetId = dataset };
            projects[name] = (await engine.Catalogue.CreateProjectAsync(project, CancellationToken.None)).Project;
        }

        var writes = Writes(workspace, projects);
        Feedback[] feedback =
        [
            .. Feedback.Select((judgement, index) => Given.Feedback(Given.Id(0x900 + index), IdOf(judgement.Run % Runs.Count), judgement.Key, judgement.Score) with
            {
                Workspace = workspace,
                Value = judgement.Value is { } value ? Given.Json(value) : default,
                Comment = judgement.Comment,
                Source = Given.Json($$"""{"type":"{{judgement.Source}}"}"""),
            }),
        ];
        await engine.Runs.WriteAsync(new WriteBatch([.. writes], feedback), CancellationToken.None);
        RunSubject[] subjects = [.. writes.GroupBy(write => write.RunId).Select(own => Subject([.. own], writes, projects))];
        var usage = UsageRollup.Of([.. subjects.Select(subject => subject.Run)]);
        return [.. subjects.Select(subject => subject with { Usage = usage[subject.Run.Id] })];
    }

    private static Guid IdOf(int index) => Given.Id(index + 1);

    private RunSubject Subject(RunWrite[] writes, List<RunWrite> all, Dictionary<string, Project> projects)
    {
        JournalEntry[] entries = [.. writes.Select((write, index) => new JournalEntry(index, write, PayloadDigest.Of(write)))];
        var folded = RunFold.Fold(entries, Guid.Empty, PriceList.BuiltIn);
        var run = folded.Record with
        {
            Inputs = folded.InputsFrom is { } inputs ? writes[inputs].Inputs : default,
            Outputs = folded.OutputsFrom is { } outputs ? writes[outputs].Outputs : default,
            Extra = ExtraMerge.Merge([.. folded.ExtraFrom.Select(index => writes[index].Extra)]),
        };
        return new RunSubject
        {
            Run = run,
            IsRoot = run.ParentRunId is null,
            Model = folded.Model,
            Metadata = folded.Metadata,
            ReferenceDatasetId = projects.Values.First(project => project.Id == run.ProjectId).ReferenceDatasetId,
            ChildRuns = all.Where(write => write.ParentRunId == run.Id).Select(write => write.RunId).Distinct().Count(),
            Feedback =
            [
                .. Feedback.Where(judgement => IdOf(judgement.Run % Runs.Count) == run.Id).Select(judgement => new FeedbackEntry(
                    judgement.Key, judgement.Score switch { null => null, "true" => 1, "false" => 0, var text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture) },
                    judgement.Value?.Trim('"'), judgement.Comment, judgement.Source)),
            ],
        };
    }

    private List<RunWrite> Writes(WorkspaceId workspace, Dictionary<string, Project> projects)
    {
        var writes = new List<RunWrite>();
        var roots = new Dictionary<Guid, RunWrite>();
        for (var index = 0; index < Runs.Count; index++)
        {
            var plan = Runs[index];
            var parent = plan.Parent is { } above && above < index ? roots[IdOf(above)] : null;
            var start = Given.Start.AddMinutes(plan.Minute);
            var whole = Given.Post(IdOf(index), start) with
            {
                Workspace = workspace,
                TraceId = parent?.TraceId ?? IdOf(index),
                ParentRunId = parent?.RunId,
                DottedOrder = DottedOrder.Print(parent?.DottedOrder, start, IdOf(index)),
                Name = plan.Name,
                RunType = plan.RunType,
                EndTime = plan.Seconds is { } seconds ? start.AddSeconds(seconds) : null,
                Error = plan.Error,
                Tags = plan.Tags,
                ProjectName = null,
                ProjectId = projects[plan.Project].Id,
                ReferenceExampleId = plan.Example ? Given.Id(0x66) : null,
                Inputs = Json(plan.Inputs),
                Outputs = Json(plan.Outputs),
                Extra = Json(Extra(plan)),
            };
            roots.Add(IdOf(index), whole);
            if (!plan.IsSplit)
            {
                writes.Add(whole.With(write => write));
                continue;
            }

            // What is known at the end comes as a patch; both give metadata.
            writes.Add(whole.With(write => write with { EndTime = null, Error = null, Outputs = default }));
            writes.Add(Given.Patch(IdOf(index), start).With(patch => patch with
            {
                Workspace = workspace,
                TraceId = whole.TraceId,
                ParentRunId = whole.ParentRunId,
                DottedOrder = whole.DottedOrder,
                EndTime = whole.EndTime,
                Error = whole.Error,
                Outputs = whole.Outputs,
                Extra = Given.Json("""{"metadata":{"env":"patched","late":1}}"""),
            }));
        }

        return writes;
    }

    private static JsonObject? Extra(Plan plan)
    {
        var metadata = plan.Metadata?.DeepClone().AsObject();
        if (plan.Tokens is { } tokens)
        {
            // Costs, so that they count whatever the type of the run.
            (metadata ??= [])["usage_metadata"] = new JsonObject { ["input_tokens"] = tokens, ["output_tokens"] = 0, ["input_cost"] = tokens / 4m };
        }

        return metadata is null ? null : new JsonObject { ["metadata"] = metadata };
    }

    private static ReadOnlyMemory<byte> Json(JsonNode? node) => node is null ? default : Given.Json(node.ToJsonString());
}
