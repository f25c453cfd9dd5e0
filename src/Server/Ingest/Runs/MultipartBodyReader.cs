using LangSmith.Protocol;
using LangSmith.Server.Domain;
using LangSmith.Server.Ingest.FeedbackIntake;
using LangSmith.Server.Ingest.Json;
using LangSmith.Server.Storage;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace LangSmith.Server.Ingest.Runs;

/// <summary>Reads <c>POST /runs/multipart</c> part by part; attachments go straight to the blob store.</summary>
internal sealed class MultipartBodyReader(RequestContext context, IBlobStore blobs, IngestLimits limits, DateTimeOffset receivedAt)
{
    private readonly RunDrafts _drafts = new();
    private readonly List<Feedback> _feedback = [];
    private readonly List<Refusal> _refusals = [];

    /// <exception cref="MalformedBodyException">The body is no multipart body, or ends too early.</exception>
    /// <exception cref="BodyLimitException">There are too many parts or operations.</exception>
    public async Task<BodyDrafts> ReadAsync(string boundary, Stream body, CancellationToken cancellationToken)
    {
        var reader = new MultipartReader(boundary, body);
        try
        {
            var parts = 0;
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (++parts > limits.PartsMax)
                {
                    throw new BodyLimitException($"The body has more parts than the limit PartsMax of {limits.PartsMax:N0}. Send smaller batches.");
                }

                await ReadPartAsync(section, cancellationToken);
                if (_drafts.Count + _feedback.Count > limits.OperationsMax)
                {
                    throw new BodyLimitException(
                        $"The body has more operations than the limit OperationsMax of {limits.OperationsMax:N0}. Send smaller batches.");
                }
            }
        }
        catch (InvalidDataException exception)
        {
            throw new MalformedBodyException($"The multipart body cannot be read: {exception.Message}", exception);
        }
        catch (IOException exception) when (exception is not Microsoft.AspNetCore.Http.BadHttpRequestException)
        {
            throw new MalformedBodyException("The multipart body ends before its last boundary.", exception);
        }

        return new BodyDrafts(_drafts.Complete(), _feedback, _refusals);
    }

    private async Task ReadPartAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        var name = ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
            ? HeaderUtilities.RemoveQuotes(disposition.Name).Value
            : null;
        if (!MultipartPart.TryParse(name, out var part))
        {
            _refusals.Add(new Refusal(
                name ?? "(part without a name)",
                "A part is called post.{id}, patch.{id}, either with .{field}, attachment.{id}.{name} or feedback.{id}."));
            return;
        }

        if (section.Headers?.ContainsKey(HeaderNames.ContentEncoding) == true)
        {
            _refusals.Add(new Refusal(name!, "A part cannot have a content encoding of its own; compress the whole body."));
            return;
        }

        if (part.Kind == MultipartPartKind.Attachment)
        {
            await ReadAttachmentAsync(part, section, cancellationToken);
            return;
        }

        var bytes = await ReadFieldAsync(section.Body, cancellationToken);
        if (bytes is null)
        {
            Refuse(part, name!, $"It is larger than the limit FieldBytesMax of {limits.FieldBytesMax:N0} bytes.");
        }
        else if (part.Kind == MultipartPartKind.Feedback)
        {
            ReadFeedback(part, name!, bytes);
        }
        else
        {
            ReadRun(part, name!, bytes);
        }
    }

    private void ReadRun(MultipartPart part, string name, byte[] bytes)
    {
        var kind = part.Kind == MultipartPartKind.Post ? RunWriteKind.Post : RunWriteKind.Patch;
        if (part.Field is not null)
        {
            _drafts.ForField(kind, part.Id, name).TakeField(part.Field, LenientJson.Value(bytes, limits.JsonDepthMax));
            return;
        }

        using var document = LenientJson.TryParse(bytes, limits.JsonDepthMax);
        var draft = _drafts.ForMain(kind, part.Id, name);
        if (document?.RootElement.ValueKind == System.Text.Json.JsonValueKind.Object)
        {
            draft.TakeMain(document.RootElement);
        }
        else
        {
            draft.Refuse("It is no JSON object.");
        }
    }

    private void ReadFeedback(MultipartPart part, string name, byte[] bytes)
    {
        var fallbackId = RunId.TryParse(part.Id, out var id) ? id : (Guid?)null;
        var read = FeedbackReader.Read(LenientJson.Value(bytes, limits.JsonDepthMax), context.Workspace, fallbackId, receivedAt, limits);
        if (read.Feedback is { } feedback)
        {
            _feedback.Add(feedback);
        }
        else
        {
            _refusals.Add(new Refusal(name, read.Problem!));
        }
    }

    private async Task ReadAttachmentAsync(MultipartPart part, MultipartSection section, CancellationToken cancellationToken)
    {
        try
        {
            var (blob, size) = await blobs.PutAsync(section.Body, limits.AttachmentBytesMax, cancellationToken);
            // Clients hang "; length=N" on the type.
            var type = MediaTypeHeaderValue.TryParse(section.ContentType, out var mediaType) ? mediaType.MediaType.Value : null;
            _drafts.Attach(part.Id, new RunAttachment(part.Field!, type ?? "application/octet-stream", blob, size));
        }
        catch (BlobTooLargeException exception)
        {
            // The run is kept without the file; reading the next section drains the rest of this one.
            _refusals.Add(new Refusal(
                part.ToString(),
                $"It is larger than the limit AttachmentBytesMax of {exception.BytesMax:N0} bytes; the run is stored without it.",
                LimitExceeded: true));
        }
    }

    private void Refuse(MultipartPart part, string name, string reason)
    {
        if (part.Kind == MultipartPartKind.Feedback)
        {
            _refusals.Add(new Refusal(name, reason, LimitExceeded: true));
            return;
        }

        _drafts.ForField(part.Kind == MultipartPartKind.Post ? RunWriteKind.Post : RunWriteKind.Patch, part.Id, name)
            .Refuse($"{name}: {reason}", limitExceeded: true);
    }

    /// <summary>Reads a part into memory; null when it is longer than the limit.</summary>
    private async Task<byte[]?> ReadFieldAsync(Stream body, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var chunk = System.Buffers.ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            int read;
            while ((read = await body.ReadAsync(chunk, cancellationToken)) > 0)
            {
                if (buffer.Length + read > limits.FieldBytesMax)
                {
                    return null;
                }

                buffer.Write(chunk, 0, read);
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(chunk);
        }

        return buffer.ToArray();
    }
}
