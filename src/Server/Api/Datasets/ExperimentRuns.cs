using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Runs;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Examples;

namespace LangSmith.Server.Api.Datasets;

/// <summary>What experiments made of examples: root runs, found by the example that they refer to.</summary>
/// <param name="context">The request.</param>
/// <param name="experiments">The projects; none means all of the workspace.</param>
/// <param name="filters">What the runs of a project must satisfy besides; an example without a run that does is left out.</param>
/// <param name="reading">Reads the runs.</param>
internal sealed class ExperimentRuns(HttpContext context, IReadOnlyList<Guid> experiments, IReadOnlyDictionary<Guid, RunFilter> filters, RunReading reading)
{
    private const int ExamplesAtOnce = 100;
    private const int SortedMax = 10_000;

    /// <summary>Reads the filters of a body: a map from project to expressions, all of which must hold.</summary>
    public static IReadOnlyDictionary<Guid, RunFilter> Filters(BodyFields body)
    {
        var filters = new Dictionary<Guid, RunFilter>();
        if (body.Value("filters") is not { ValueKind: System.Text.Json.JsonValueKind.Object } given)
        {
            return filters;
        }

        var byProject = new BodyFields(given);
        foreach (var name in given.EnumerateObject().Select(property => property.Name))
        {
            RunFilter[] all = [.. byProject.List(name).Select(text => FilterText.Parse("filters", text)).OfType<RunFilter>()];
            if (all.Length > 0)
            {
                filters[RequestValues.ParseId("filters", name)] = new RunFilter.AllOf(all);
            }
        }

        return filters;
    }

    /// <summary>Reads examples from an offset on, each with its runs.</summary>
    /// <returns>The examples, and the offset at which the next page begins; null on the last.</returns>
    public async Task<(IReadOnlyList<(StoredExample Example, IReadOnlyList<ReadRun> Runs)> Rows, int? Next)> PageAsync(
        ExampleQuery query, IExampleStore examples, RunPayload payload, ExperimentOrder? order = null)
    {
        if (order is not null)
        {
            return await SortedPageAsync(query, examples, payload, order);
        }

        var rows = new List<(StoredExample, IReadOnlyList<ReadRun>)>();
        var offset = query.Offset;
        while (true)
        {
            var found = await examples.ListAsync(query with { Offset = offset, Limit = ExamplesAtOnce }, context.RequestAborted);
            var runs = await ReadAsync(found, payload);
            foreach (var example in found)
            {
                if (rows.Count == query.Limit)
                {
                    return (rows, offset);
                }

                offset++;
                if (filters.Count == 0 || runs[example.Id].Any())
                {
                    rows.Add((example, [.. runs[example.Id]]));
                }
            }

            if (found.Count < ExamplesAtOnce)
            {
                return (rows, null);
            }
        }
    }

    /// <summary>Looks at all examples, without payloads, to find those of the page.</summary>
    private async Task<(IReadOnlyList<(StoredExample Example, IReadOnlyList<ReadRun> Runs)> Rows, int? Next)> SortedPageAsync(
        ExampleQuery query, IExampleStore examples, RunPayload payload, ExperimentOrder order)
    {
        var (all, more) = await PageAsync(query with { Offset = 0, Limit = SortedMax }, examples, RunPayload.None);
        if (more is not null)
        {
            throw ProblemException.BadRequest(
                $"The dataset has more than {SortedMax:N0} examples, which is too many to sort. Narrow them by 'filters' or 'example_ids'.");
        }

        StoredExample[] page = [.. order.Apply(all, row => row.Runs).Skip(query.Offset).Take(query.Limit).Select(row => row.Example)];
        var runs = await ReadAsync(page, payload);
        var next = query.Offset + page.Length;
        return ([.. page.Select(example => (example, (IReadOnlyList<ReadRun>)[.. runs[example.Id]]))], next < all.Count ? next : null);
    }

    /// <summary>Reads the runs of some examples, by example, in order of their start.</summary>
    public async Task<ILookup<Guid, ReadRun>> ReadAsync(IReadOnlyList<StoredExample> examples, RunPayload payload)
    {
        var found = new List<ReadRun>();
        RunQuery? next = examples.Count == 0 ? null : new RunQuery
        {
            Workspace = context.Workspace(),
            Filter = new RunFilterBuilder()
                .OneOf(RunProperty.ReferenceExampleId, [.. examples.Select(example => example.Id)])
                .OneOf(RunProperty.ProjectId, experiments)
                .Equal(RunProperty.IsRoot, true)
                .Add(Filter())
                .Build(),
            Ascending = true,
            Limit = ExploreLimits.PageSize,
            Payload = payload,
        };
        while (next is not null)
        {
            var page = await reading.QueryAsync(next, RunDetails.All, context.RequestAborted);
            found.AddRange(page.Runs);
            next = page.Next is { } position ? next with { After = position } : null;
        }

        return found.ToLookup(run => run.Record.ReferenceExampleId!.Value);
    }

    /// <summary>A run of a project with a filter must satisfy it; runs of other projects need not.</summary>
    private RunFilter.AnyOf? Filter() => filters.Count == 0 ? null : new RunFilter.AnyOf(
    [
        .. filters.Select(filter => new RunFilter.AllOf([Of([filter.Key]), filter.Value])),
        new RunFilter.Not(Of([.. filters.Keys])),
    ]);

    private static RunFilter.OneOf Of(IReadOnlyList<Guid> projects) =>
        new(RunProperty.ProjectId, [.. projects.Select(id => (FilterValue)id)]);
}
