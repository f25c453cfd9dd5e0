using LangSmith.Server.Domain;
using LangSmith.Server.Explore;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;
using LangSmith.Server.Web.Payloads;
using LangSmith.Server.Web.Search;
using LangSmith.Server.Web.Shell;

namespace LangSmith.Server.Web.Compare;

/// <summary>Reads two runs for comparing. Thread-safe.</summary>
internal sealed class CompareReading(RunReading reading, IRunStore runs)
{
    private const int CandidatesMax = 20;

    /// <summary>Bigger payloads are not compared line by line.</summary>
    private const int BytesMax = 500_000;

    /// <summary>Reads the runs; null when the first is not there.</summary>
    /// <param name="workspace">Whose runs.</param>
    /// <param name="id">The first.</param>
    /// <param name="other">The second in any form of an id; empty while it is to be chosen.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<CompareModel?> ReadAsync(WorkspaceId workspace, Guid id, string other, CancellationToken cancellationToken)
    {
        if (await reading.FindAsync(workspace, id, RunPayload.All, cancellationToken) is not { } one)
        {
            return null;
        }

        foreach (var wanted in PastedText.Ids(other))
        {
            if (await reading.FindAsync(workspace, wanted, RunPayload.All, cancellationToken) is { } found)
            {
                return new CompareModel(one, found, null) { Parts = Parts(one.Record, found.Record) };
            }
        }

        return new CompareModel(one, null, other.Length == 0 ? null : $"No run is known as {Quoted.Of(other)}.")
        {
            Candidates = await CandidatesAsync(workspace, one.Record, cancellationToken),
        };
    }

    private async Task<IReadOnlyList<RunRecord>> CandidatesAsync(WorkspaceId workspace, RunRecord run, CancellationToken cancellationToken)
    {
        var query = new RunQuery
        {
            Workspace = workspace,
            Filter = new RunFilter.AllOf(
                new RunFilter.Compare(RunProperty.ProjectId, Comparison.Equal, run.ProjectId),
                new RunFilter.Compare(RunProperty.Name, Comparison.Equal, run.Name),
                new RunFilter.Compare(RunProperty.Id, Comparison.NotEqual, run.Id)),
            Limit = CandidatesMax,
            Payload = RunPayload.None,
        };
        return (await runs.QueryAsync(query, cancellationToken)).Runs;
    }

    private static List<(string, IReadOnlyList<DiffLine>)> Parts(RunRecord one, RunRecord other)
    {
        var parts = new List<(string, IReadOnlyList<DiffLine>)>();
        Add("Error", one.Error, other.Error);
        Add("Inputs", Text(one.Inputs), Text(other.Inputs));
        Add("Outputs", Text(one.Outputs), Text(other.Outputs));
        Add("Metadata", Metadata(one), Metadata(other));
        return parts;

        void Add(string title, string? left, string? right)
        {
            if (!string.IsNullOrEmpty(left) || !string.IsNullOrEmpty(right))
            {
                parts.Add((title, DiffLine.Of(left, right)));
            }
        }
    }

    private static string? Text(ReadOnlyMemory<byte> json) => json.IsEmpty ? null : JsonText.Indented(json, BytesMax);

    private static string Metadata(RunRecord run) =>
        string.Join('\n', RunExtra.Read(run.Extra).Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {pair.Value}"));
}
