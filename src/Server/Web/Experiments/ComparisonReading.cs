using LangSmith.Server.Curation.Documents;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Documents;
using LangSmith.Server.Storage.Examples;
using LangSmith.Server.Web.Datasets;
using LangSmith.Server.Web.Payloads;

namespace LangSmith.Server.Web.Experiments;

/// <summary>Reads experiments side by side. Thread-safe.</summary>
internal sealed class ComparisonReading(DatasetsReading datasets, IDocumentStore documents, IExampleStore examples, RunReading reading)
{
    public const int PageSize = 25;

    private const int RunsMax = 20_000;

    /// <summary>Reads a comparison; null when there is no such dataset.</summary>
    public async Task<ComparisonModel?> ReadAsync(WorkspaceId workspace, Guid datasetId, ComparisonAddress address, CancellationToken cancellationToken)
    {
        if (await datasets.FindAsync(workspace, datasetId, cancellationToken) is not { } dataset)
        {
            return null;
        }

        var all = await datasets.ExperimentsAsync(workspace, datasetId, cancellationToken);
        Project[] chosen = address.Selected.Count == 0
            ? [.. all.Take(2)]
            : [.. address.Selected.Select(id => all.FirstOrDefault(experiment => experiment.Id == id)).OfType<Project>()];
        var model = new ComparisonModel { Dataset = dataset, Address = address with { Selected = [.. chosen.Select(e => e.Id)] }, Experiments = all };
        return chosen.Length == 0 ? model : await CompareAsync(workspace, model, chosen, cancellationToken);
    }

    private async Task<ComparisonModel> CompareAsync(
        WorkspaceId workspace, ComparisonModel model, Project[] chosen, CancellationToken cancellationToken)
    {
        var baseline = Baseline(chosen, model.Address.Baseline);
        var matrix = new ScoreMatrix(baseline, await LowerIsBetterAsync(workspace, cancellationToken));
        var isCut = await FillAsync(workspace, matrix, chosen, cancellationToken);
        var figures = await datasets.FiguresAsync(workspace, chosen, cancellationToken);
        var (shown, total) = await ExamplesAsync(workspace, model, matrix, chosen.Length, cancellationToken);
        var runs = await RunsAsync(workspace, chosen, shown, model.Address.Example is not null, cancellationToken);
        return model with
        {
            IsCut = isCut,
            Total = total,
            Columns = [.. figures.Select((row, column) => new ComparisonModel.Column(
                row, column == baseline, matrix.Averages(column), matrix.With(Verdict.Better, column).Count, matrix.With(Verdict.Worse, column).Count))],
            Rows = [.. shown.Select(example => Row(example, chosen, runs, matrix, model.Address.Example is not null))],
        };
    }

    /// <summary>The column that is asked for, else the oldest: what came later is measured by it.</summary>
    private static int Baseline(Project[] chosen, Guid? wanted)
    {
        var index = Array.FindIndex(chosen, experiment => experiment.Id == wanted);
        return index >= 0 ? index : Array.IndexOf(chosen, chosen.MinBy(experiment => experiment.StartTime));
    }

    private async Task<IReadOnlySet<string>> LowerIsBetterAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        var configs = await documents.ListAsync(
            new DocumentQuery { Workspace = workspace, Kind = DocumentKinds.FeedbackConfig, Limit = Shelf.All }, cancellationToken);
        return configs.Where(config => Shelf.Json(config).Flag("is_lower_score_better")).Select(config => config.Name!).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Adds the scores of every run; true when there were too many.</summary>
    private async Task<bool> FillAsync(WorkspaceId workspace, ScoreMatrix matrix, Project[] chosen, CancellationToken cancellationToken)
    {
        var count = 0;
        for (var next = Query(workspace, chosen, null); next is not null && count < RunsMax;)
        {
            var page = await reading.QueryAsync(next, RunDetails.Feedback, cancellationToken);
            count += page.Runs.Count;
            foreach (var run in page.Runs)
            {
                if (run.Record.ReferenceExampleId is { } example)
                {
                    matrix.Add(example, Array.FindIndex(chosen, experiment => experiment.Id == run.Record.ProjectId), run.Feedback ?? []);
                }
            }

            next = page.Next is { } position ? next with { After = position } : null;
        }

        return count >= RunsMax;
    }

    private async Task<(IReadOnlyList<StoredExample> Examples, int Total)> ExamplesAsync(
        WorkspaceId workspace, ComparisonModel model, ScoreMatrix matrix, int columns, CancellationToken cancellationToken)
    {
        var address = model.Address;
        var query = new ExampleQuery { Workspace = workspace, DatasetId = model.Dataset.Id, Offset = address.Page * PageSize, Limit = PageSize };
        if (address.Example is { } one)
        {
            query = query with { Ids = [one], Offset = 0 };
        }
        else if (address.Only != "all")
        {
            var verdict = address.Only == "worse" ? Verdict.Worse : Verdict.Better;
            Guid[] ids = [.. Enumerable.Range(0, columns).SelectMany(column => matrix.With(verdict, column)).Distinct()];
            if (ids.Length == 0)
            {
                return ([], 0);
            }

            query = query with { Ids = ids };
        }

        return (await examples.ListAsync(query, cancellationToken), await examples.CountAsync(query, cancellationToken));
    }

    private async Task<ILookup<(Guid? Example, Guid Experiment), ReadRun>> RunsAsync(
        WorkspaceId workspace, Project[] chosen, IReadOnlyList<StoredExample> shown, bool inFull, CancellationToken cancellationToken)
    {
        var found = new List<ReadRun>();
        RunQuery? next = shown.Count == 0 ? null : Query(workspace, chosen, [.. shown.Select(example => example.Id)]);
        next = inFull && next is not null ? next with { Payload = RunPayload.Outputs } : next;
        while (next is not null)
        {
            var page = await reading.QueryAsync(next, RunDetails.Rollup, cancellationToken);
            found.AddRange(page.Runs);
            next = page.Next is { } position ? next with { After = position } : null;
        }

        return found.ToLookup(run => (run.Record.ReferenceExampleId, run.Record.ProjectId));
    }

    private static RunQuery Query(WorkspaceId workspace, Project[] chosen, IReadOnlyList<Guid>? examples)
    {
        var parts = new List<RunFilter>
        {
            new RunFilter.OneOf(RunProperty.ProjectId, [.. chosen.Select(experiment => (FilterValue)experiment.Id)]),
            new RunFilter.Compare(RunProperty.IsRoot, Comparison.Equal, true),
        };
        if (examples is not null)
        {
            parts.Add(new RunFilter.OneOf(RunProperty.ReferenceExampleId, [.. examples.Select(id => (FilterValue)id)]));
        }

        return new RunQuery { Workspace = workspace, Filter = new RunFilter.AllOf(parts), Limit = ExploreLimits.PageSize, Payload = RunPayload.None };
    }

    private static ComparisonModel.Row Row(
        StoredExample example, Project[] chosen, ILookup<(Guid? Example, Guid Experiment), ReadRun> runs, ScoreMatrix matrix, bool inFull) =>
        new(
            DatasetsReading.Row(example),
            inFull ? PayloadModel.Read(example.Inputs) : null,
            inFull ? PayloadModel.Read(example.Outputs) : null,
            [.. chosen.Select((experiment, column) => Cell([.. runs[(example.Id, experiment.Id)]], matrix.Of(example.Id, column)))]);

    // Queries answer newest first: the first run is the one to show.
    private static ComparisonModel.Cell? Cell(ReadRun[] runs, IReadOnlyList<Score> scores) => runs is not [var newest, ..] ? null
        : new ComparisonModel.Cell(
            newest.Record.Id, runs.Length, newest.Record.OutputsPreview, PayloadModel.Read(newest.Record.Outputs), newest.Record.Error,
            newest.Record.EndTime - newest.Record.StartTime, newest.Usage, scores);
}
