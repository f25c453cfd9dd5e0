using LangSmith.Server.Domain;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Explore.Statistics;

/// <summary>Makes statistics of runs. Thread-safe.</summary>
public sealed class RunStatisticsReading(RunReading reading, IRunStore runs)
{
    /// <summary>Statistics of the runs that match, by group.</summary>
    /// <param name="query">Which runs; its limit does not count.</param>
    /// <param name="groupsOf">The groups of a run, with the payload that the query asks for; null puts all into the group "".</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="TooManyRunsException">More than <see cref="ExploreLimits.StatisticsRunsMax"/> match.</exception>
    public async Task<IReadOnlyDictionary<string, RunStatistics>> OfAsync(
        RunQuery query, Func<RunRecord, IEnumerable<string>>? groupsOf, CancellationToken cancellationToken)
    {
        var builders = new Dictionary<string, StatisticsBuilder>(StringComparer.Ordinal);
        var count = 0;
        await foreach (var page in reading.AllAsync(query, cancellationToken).Chunk(ExploreLimits.PageSize).WithCancellation(cancellationToken))
        {
            count += page.Length;
            if (count > ExploreLimits.StatisticsRunsMax)
            {
                throw new TooManyRunsException(ExploreLimits.StatisticsRunsMax);
            }

            var feedback = await runs.SummarizeFeedbackAsync(query.Workspace, [.. page.Select(run => run.Id)], cancellationToken);
            // Roots stand for their traces; other runs for themselves. Either way each model's call counts once.
            var usage = page.All(run => run.IsRoot)
                ? UsageRollup.Of(await reading.TracesAsync(query.Workspace, page.Select(run => run.TraceId), int.MaxValue, cancellationToken))
                : null;
            foreach (var run in page)
            {
                foreach (var group in groupsOf?.Invoke(run) ?? [""])
                {
                    var builder = builders.TryGetValue(group, out var known) ? known : builders[group] = new StatisticsBuilder();
                    builder.Add(run);
                    builder.Add(usage?.GetValueOrDefault(run.Id) ?? run.Usage);
                    builder.Add(feedback.GetValueOrDefault(run.Id) ?? []);
                }
            }
        }

        return builders.ToDictionary(group => group.Key, group => group.Value.Build());
    }

    /// <summary>Statistics of a project: its traces by their root runs.</summary>
    public async Task<RunStatistics> OfProjectAsync(WorkspaceId workspace, Guid projectId, DateTimeOffset? from, CancellationToken cancellationToken)
    {
        var conditions = new List<RunFilter>
        {
            new RunFilter.Compare(RunProperty.ProjectId, Comparison.Equal, projectId),
            new RunFilter.Compare(RunProperty.IsRoot, Comparison.Equal, true),
        };
        if (from is { } time)
        {
            conditions.Add(new RunFilter.Compare(RunProperty.StartTime, Comparison.GreaterOrEqual, time));
        }

        var query = new RunQuery { Workspace = workspace, Filter = new RunFilter.AllOf(conditions), Payload = RunPayload.None };
        var groups = await OfAsync(query, null, cancellationToken);
        return groups.GetValueOrDefault("") ?? RunStatistics.Empty;
    }
}
