using System.Globalization;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore;
using LangSmith.Server.Explore.Statistics;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Web.Runs;

/// <summary>Reads tables of runs. Thread-safe.</summary>
internal sealed class RunsReading(RunReading reading, FigureReading figures, ICatalogue catalogue, TimeProvider time)
{
    public const int PageSize = 50;

    private const int FacetValuesMax = 8;
    private const int BarsMax = 90;

    private static readonly (string Title, string Field, RunAttribute Attribute)[] s_facets =
    [
        ("Status", "status", RunAttribute.Status), ("Name", "name", RunAttribute.Name), ("Model", "model", RunAttribute.Model),
        ("Tag", "tag", RunAttribute.Tag), ("Run type", "type", RunAttribute.RunType),
    ];

    private static readonly TimeSpan[] s_buckets =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(12),
        TimeSpan.FromDays(1), TimeSpan.FromDays(7),
    ];

    /// <summary>Reads a table; null when there is no such project.</summary>
    public async Task<RunsModel?> ReadAsync(WorkspaceId workspace, RunsAddress address, Uri origin, CancellationToken cancellationToken)
    {
        var project = address.Project is null ? null : await FindProjectAsync(workspace, address.Project, cancellationToken);
        if (project is null && address.Project is not null)
        {
            return null;
        }

        var rows = await RowsAsync(workspace, project, address, null, cancellationToken);
        return new RunsModel
        {
            Address = address,
            Project = project,
            Bar = FilterBar.Read(address.Query),
            Rows = rows,
            IsNew = rows.Runs.Count == 0 && await IsNewAsync(workspace, project, cancellationToken),
            Origin = origin,
        };
    }

    /// <summary>Reads what stands around a table.</summary>
    public async Task<RunsOverviewModel> OverviewAsync(WorkspaceId workspace, Project? project, RunsAddress address, CancellationToken cancellationToken)
    {
        var bar = FilterBar.Read(address.Query);
        var runs = Statistics(workspace, project, address, bar);
        var bucket = Bucket(runs);
        var query = new RunOverviewQuery
        {
            Runs = runs with { Bucket = bucket },
            Facets = [.. s_facets.Select(facet => new RunGrouping(facet.Attribute))],
            ValuesMax = FacetValuesMax,
        };
        var read = await figures.OverviewAsync(query, cancellationToken);
        return new RunsOverviewModel
        {
            Address = address,
            Bar = bar,
            Read = read,
            Histogram = bucket is { } length ? Whole(read.Overview.Buckets, runs, length) : [],
            Bucket = bucket ?? TimeSpan.Zero,
            Facets = [.. s_facets.Zip(read.Overview.Facets, (facet, found) => new Facet(facet.Title, facet.Field, found.Values, found.IsPartial))],
        };
    }

    public async Task<Project?> FindProjectAsync(WorkspaceId workspace, string name, CancellationToken cancellationToken) =>
        await catalogue.FindProjectAsync(workspace, name, cancellationToken)
        ?? (RunId.TryParse(name, out var id) ? await catalogue.FindProjectAsync(workspace, id, cancellationToken) : null);

    public async Task<RunRowsModel> RowsAsync(
        WorkspaceId workspace, Project? project, RunsAddress address, RunPosition? after, CancellationToken cancellationToken)
    {
        var query = Rows(workspace, project, address, RunPayload.None) with { After = after, Limit = PageSize };
        var page = await reading.QueryAsync(query, Details(address), cancellationToken);
        var more = page.Next is { } next
            ? $"/ui/rows{Separated(address.QueryString)}project={Uri.EscapeDataString(address.Project ?? "")}&after={Write(next)}"
            : null;
        return new RunRowsModel(page.Runs, more, time.GetUtcNow(), project is null);
    }

    /// <summary>The rows of runs that began after a moment, newest first.</summary>
    public async Task<RunRowsModel> NewAsync(
        WorkspaceId workspace, Project? project, RunsAddress address, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var query = Rows(workspace, project, address with { From = since, To = null }, RunPayload.None) with { Limit = 30 };
        var page = await reading.QueryAsync(query, Details(address), cancellationToken);
        return new RunRowsModel(page.Runs, null, time.GetUtcNow(), project is null);
    }

    /// <summary>Every run of the table, for a file.</summary>
    public IAsyncEnumerable<RunRecord> AllAsync(WorkspaceId workspace, Project? project, RunsAddress address, CancellationToken cancellationToken) =>
        reading.AllAsync(Rows(workspace, project, address, RunPayload.All), cancellationToken);

    /// <summary>Whether no run was ever sent.</summary>
    private async Task<bool> IsNewAsync(WorkspaceId workspace, Project? project, CancellationToken cancellationToken)
    {
        var any = Rows(workspace, project, new RunsAddress(project?.Name, "", "all", "all"), RunPayload.None) with { Limit = 1 };
        return (await reading.QueryAsync(any, RunDetails.None, cancellationToken)).Runs.Count == 0;
    }

    public static RunPosition? ReadPosition(string? text) =>
        text?.Split('_') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= DateTimeOffset.MaxValue.UtcTicks && Guid.TryParse(id, out var run)
            ? new RunPosition(new DateTimeOffset(number, TimeSpan.Zero), run)
            : null;

    private static string Write(RunPosition position) => string.Create(CultureInfo.InvariantCulture, $"{position.StartTime.UtcTicks}_{position.RunId:N}");

    // A trace shows what all of it used. Among runs of any depth each shows its own: adding up below every one of them would read whole traces.
    private static RunDetails Details(RunsAddress address) =>
        address.Level == "traces" ? RunDetails.Feedback | RunDetails.Rollup : RunDetails.Feedback;

    private static string Separated(string query) => query.Length == 0 ? "?" : query + "&";

    private RunQuery Rows(WorkspaceId workspace, Project? project, RunsAddress address, RunPayload payload)
    {
        var parts = new List<RunFilter>();
        if (project is not null)
        {
            parts.Add(new RunFilter.Compare(RunProperty.ProjectId, Comparison.Equal, project.Id));
        }

        switch (address.Level)
        {
            case "traces":
                parts.Add(new RunFilter.Compare(RunProperty.IsRoot, Comparison.Equal, true));
                break;
            case "llm":
                parts.Add(new RunFilter.Compare(RunProperty.RunType, Comparison.Equal, Protocol.RunTypes.Llm));
                break;
        }

        var (from, to) = Bounds(address);
        if (from is { } first)
        {
            parts.Add(new RunFilter.Compare(RunProperty.StartTime, Comparison.GreaterOrEqual, first));
        }

        if (to is { } last)
        {
            parts.Add(new RunFilter.Compare(RunProperty.StartTime, Comparison.Less, last));
        }

        if (FilterBar.Read(address.Query).Filter is { } filter)
        {
            parts.Add(filter);
        }

        return new RunQuery { Workspace = workspace, Filter = parts.Count == 0 ? null : new RunFilter.AllOf(parts), Payload = payload };
    }

    private RunStatisticsQuery Statistics(WorkspaceId workspace, Project? project, RunsAddress address, FilterBar bar)
    {
        var (from, to) = Bounds(address);
        var filter = bar.Filter;
        if (address.Level == "llm")
        {
            var llm = new RunFilter.Compare(RunProperty.RunType, Comparison.Equal, Protocol.RunTypes.Llm);
            filter = filter is null ? llm : new RunFilter.AllOf(llm, filter);
        }

        return new RunStatisticsQuery
        {
            Workspace = workspace,
            ProjectIds = project is null ? [] : [project.Id],
            IsRoot = address.Level == "traces" ? true : null,
            WholeTraces = address.Level == "traces",
            From = from,
            To = to,
            Filter = filter,
        };
    }

    private (DateTimeOffset? From, DateTimeOffset? To) Bounds(RunsAddress address)
    {
        if (address.From is not null || address.To is not null)
        {
            return (address.From, address.To);
        }

        if (RunsAddress.Ranges.First(range => range.Key == address.Range).Span is not { } length)
        {
            return (null, null);
        }

        // From a whole hour on: figures are kept by the hour, and nobody counts the last seven days in minutes.
        var from = time.GetUtcNow() - length;
        var grain = length >= TimeSpan.FromDays(1) ? TimeSpan.TicksPerHour : TimeSpan.TicksPerMinute;
        return (new DateTimeOffset(from.UtcTicks / grain * grain, TimeSpan.Zero), null);
    }

    /// <summary>With the buckets in which nothing happened, so that the bars stand on a line of time.</summary>
    private IReadOnlyList<RunFigures> Whole(IReadOnlyList<RunFigures> bars, RunStatisticsQuery query, TimeSpan bucket)
    {
        if (bars.Count == 0)
        {
            return [];
        }

        var byTime = bars.ToDictionary(bar => bar.Bucket!.Value);
        var first = query.From is { } from ? new DateTimeOffset(from.UtcTicks / bucket.Ticks * bucket.Ticks, TimeSpan.Zero) : byTime.Keys.Min();
        var end = query.To ?? time.GetUtcNow();
        var whole = new List<RunFigures>();
        for (var at = first; at < end && whole.Count <= BarsMax; at += bucket)
        {
            whole.Add(byTime.GetValueOrDefault(at) ?? new RunFigures { Bucket = at });
        }

        return byTime.Count > whole.Count(bar => bar.Runs > 0) ? bars : whole;
    }

    private TimeSpan? Bucket(RunStatisticsQuery query)
    {
        if (query.From is not { } from)
        {
            return TimeSpan.FromDays(1);
        }

        var span = (query.To ?? time.GetUtcNow()) - from;
        return span <= TimeSpan.Zero ? null : s_buckets.FirstOrDefault(bucket => span / bucket <= BarsMax, TimeSpan.FromDays(30));
    }
}
