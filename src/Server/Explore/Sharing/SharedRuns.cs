using System.Text.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Explore.Sharing;

/// <summary>Reads what is shared under a token. Thread-safe.</summary>
public sealed class SharedRuns(IDocumentStore documents, RunReading reading)
{
    /// <summary>The kind of the documents that hold shares: their id is the token, their JSON has <c>run_id</c> and <c>trace_id</c>.</summary>
    public const string DocumentKind = "run_share";

    private const int RunsMax = 25_000;

    /// <summary>Reads the shared tree; null when the token opens nothing.</summary>
    public async Task<SharedTree?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (!RunId.TryParse(token, out var id) || await documents.FindAnywhereAsync(DocumentKind, id, cancellationToken) is not { } share)
        {
            return null;
        }

        using var json = JsonDocument.Parse(share.Json);
        var root = json.RootElement.GetProperty("run_id").GetGuid();
        var trace = await reading.TreesAsync(share.Workspace, [json.RootElement.GetProperty("trace_id").GetGuid()], RunsMax, cancellationToken);
        var below = new HashSet<Guid> { root };
        var shared = new List<RunRecord>();
        // In the order of their paths parents come before their children.
        foreach (var run in trace.OrderBy(run => run.DottedOrder, StringComparer.Ordinal))
        {
            if (run.Id == root || (run.ParentRunId is { } parent && below.Contains(parent)))
            {
                below.Add(run.Id);
                shared.Add(run);
            }
        }

        return new SharedTree(share.Workspace, root, shared);
    }
}
