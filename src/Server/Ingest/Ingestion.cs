using LangSmith.Server.Domain;
using LangSmith.Server.Ingest.Otlp;
using LangSmith.Server.Ingest.Runs;
using LangSmith.Server.Storage;
using Microsoft.Extensions.Logging;

namespace LangSmith.Server.Ingest;

/// <summary>Takes bodies in: reads, completes, stores. What a result counts as accepted is durable.</summary>
/// <remarks>One bad run never sinks a batch: it is refused by name, and the rest is stored. Thread-safe.</remarks>
public sealed class Ingestion(
    IRunStore runs, ICatalogue catalogue, IBlobStore blobs, IngestLimits limits, TimeProvider time, ILogger<Ingestion> logger)
{
    /// <summary>Takes <c>POST /runs/multipart</c>, decoded.</summary>
    /// <exception cref="MalformedBodyException">The body cannot be read; nothing was stored.</exception>
    /// <exception cref="BodyLimitException">The body is beyond a limit; nothing was stored.</exception>
    public async Task<IngestResult> TakeMultipartAsync(RequestContext context, string boundary, Stream body, CancellationToken cancellationToken)
    {
        var reader = new MultipartBodyReader(context, blobs, limits, time.GetUtcNow());
        return await StoreAsync(context, await reader.ReadAsync(boundary, body, cancellationToken), cancellationToken);
    }

    /// <summary>Takes <c>POST /runs/batch</c>, decoded.</summary>
    /// <inheritdoc cref="TakeMultipartAsync"/>
    public Task<IngestResult> TakeBatchAsync(RequestContext context, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        StoreAsync(context, BatchReader.ReadBatch(body, limits), cancellationToken);

    /// <summary>Takes one run: <c>POST /runs</c>, or <c>PATCH /runs/{id}</c> with the id of the path.</summary>
    /// <inheritdoc cref="TakeMultipartAsync"/>
    public Task<IngestResult> TakeRunAsync(
        RequestContext context, RunWriteKind kind, string? id, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        StoreAsync(context, BatchReader.ReadOne(body, kind, id, limits), cancellationToken);

    /// <summary>Takes spans: OTLP's <c>ExportTraceServiceRequest</c>, decoded.</summary>
    /// <param name="context">Who sends it.</param>
    /// <param name="isJson">OTLP's JSON encoding instead of protobuf.</param>
    /// <param name="projectName">The project of spans that name none themselves; null for the default one.</param>
    /// <param name="body">The body.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="MalformedBodyException">The body cannot be read; nothing was stored.</exception>
    /// <exception cref="BodyLimitException">The body is beyond a limit; nothing was stored.</exception>
    public Task<IngestResult> TakeSpansAsync(
        RequestContext context, bool isJson, string? projectName, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        StoreAsync(context, SpanDrafts.Read(body, isJson, projectName, limits), cancellationToken);

    private async Task<IngestResult> StoreAsync(RequestContext context, BodyDrafts drafts, CancellationToken cancellationToken)
    {
        var receivedAt = time.GetUtcNow();
        var placement = new RunPlacement(catalogue);
        var writes = new List<RunWrite>(drafts.Runs.Count);
        foreach (var draft in drafts.Runs)
        {
            await InlineAttachments.StoreAsync(draft, blobs, limits, cancellationToken);
            if (draft.Attachments.Count > limits.AttachmentsMax)
            {
                draft.Refuse($"It has {draft.Attachments.Count:N0} attachments; the limit AttachmentsMax is {limits.AttachmentsMax:N0}.", limitExceeded: true);
            }

            if (RunWriteFactory.Create(draft, context, receivedAt, limits) is { } write)
            {
                var (placed, problem) = await placement.PlaceAsync(write, cancellationToken);
                if (placed is not null)
                {
                    writes.Add(placed);
                    continue;
                }

                draft.Refuse(problem!);
            }

            drafts.Refusals.Add(draft.Refusal!);
        }

        IReadOnlyList<WriteOutcome> outcomes = [];
        if (writes.Count > 0 || drafts.Feedback.Count > 0)
        {
            outcomes = await runs.WriteAsync(new WriteBatch(writes, drafts.Feedback), cancellationToken);
        }

        var duplicates = outcomes.Count(o => o == WriteOutcome.Duplicate);
        if (drafts.Refusals.Count > 0)
        {
            Log.RunsRefused(logger, drafts.Refusals.Count, writes.Count);
        }

        return new IngestResult(writes.Count - duplicates, duplicates, drafts.Feedback, drafts.Refusals)
        {
            RunId = writes is [var only] ? only.RunId : null,
        };
    }
}
