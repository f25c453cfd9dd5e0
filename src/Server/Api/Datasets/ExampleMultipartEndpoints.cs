using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Ingest;
using LangSmith.Server.Ingest.Json;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Examples;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace LangSmith.Server.Api.Datasets;

/// <summary>Examples with attachments, as multipart bodies.</summary>
/// <remarks>Parts: <c>{id}</c>, <c>{id}.inputs</c>, <c>{id}.outputs</c>, <c>{id}.attachment.{name}</c>, <c>{id}.attachments_operations</c>.</remarks>
internal static class ExampleMultipartEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/platform/datasets/{datasetId}/examples", async (HttpContext context, string datasetId, IExampleStore examples, TimeProvider time) =>
            await CreateAsync(context, (await DatasetVersions.FindAsync(context, datasetId)).Id, examples, time));
        // The elder form: each example names its dataset itself.
        api.MapPost("/platform/examples/multipart", async (HttpContext context, IExampleStore examples, TimeProvider time) =>
            await CreateAsync(context, null, examples, time));
        api.MapPatch("/platform/datasets/{datasetId}/examples", UpdateAsync);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, Guid? datasetId, IExampleStore examples, TimeProvider time)
    {
        var now = time.GetWireNow();
        var created = new List<StoredExample>();
        foreach (var (id, parts) in await ReadAsync(context))
        {
            parts.Json["id"] = id.ToString();
            using var body = JsonSerializer.SerializeToDocument(parts.Json);
            var example = await ExampleBody.CreateAsync(context, new BodyFields(body.RootElement), datasetId, now);
            created.Add(example with { Attachments = Unite(example.Attachments, parts.Attachments) });
        }

        await examples.WriteAsync(created, context.RequestAborted);
        return Answer(created, now, StatusCodes.Status201Created);
    }

    private static async Task<IResult> UpdateAsync(HttpContext context, string datasetId, IExampleStore examples, TimeProvider time)
    {
        var dataset = await DatasetVersions.FindAsync(context, datasetId);
        var now = time.GetWireNow();
        var changed = new List<StoredExample>();
        foreach (var (id, parts) in await ReadAsync(context))
        {
            var example = await examples.FindAsync(context.Workspace(), id, null, context.RequestAborted);
            if (example is null || example.DatasetId != dataset.Id)
            {
                throw ProblemException.NotFound("Example", id);
            }

            using var body = JsonSerializer.SerializeToDocument(parts.Json);
            var next = await ExampleBody.ChangeAsync(context, example, new BodyFields(body.RootElement), now);
            changed.Add(next with { Attachments = Unite(next.Attachments, parts.Attachments) });
        }

        await examples.WriteAsync(changed, context.RequestAborted);
        return Answer(changed, now, StatusCodes.Status201Created);
    }

    private static RunAttachment[] Unite(IReadOnlyList<RunAttachment> kept, List<RunAttachment> given) =>
        [.. kept.Where(old => !given.Exists(attachment => attachment.Name == old.Name)), .. given];

    private static JsonBody Answer(List<StoredExample> examples, DateTimeOffset asOf, int status) => JsonBody.Of(
        new JsonObject
        {
            ["count"] = examples.Count,
            ["example_ids"] = new JsonArray([.. examples.Select(example => JsonValue.Create(example.Id.ToString()))]),
            ["as_of"] = WireWriting.Text(asOf),
        },
        status);

    private static async Task<IReadOnlyDictionary<Guid, ExampleParts>> ReadAsync(HttpContext context)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
        {
            throw new ProblemException(StatusCodes.Status415UnsupportedMediaType, "This takes multipart/form-data with a boundary.");
        }

        var limits = context.RequestServices.GetRequiredService<IngestLimits>();
        var blobs = context.RequestServices.GetRequiredService<IBlobStore>();
        var reader = new MultipartReader(boundary, context.Request.Body);
        var examples = new Dictionary<Guid, ExampleParts>();
        var count = 0;
        while (await reader.ReadNextSectionAsync(context.RequestAborted) is { } section)
        {
            if (++count > limits.PartsMax)
            {
                throw new BodyLimitException($"The body has more parts than the limit PartsMax of {limits.PartsMax:N0}.");
            }

            var name = ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                ? HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? ""
                : "";
            var pieces = name.Split('.', 3);
            var id = RequestValues.ParseId("part", pieces[0]);
            var parts = examples.TryGetValue(id, out var known) ? known : examples[id] = new ExampleParts();
            if (pieces is [_, "attachment" or "attachments", var attachment])
            {
                var (blob, size) = await blobs.PutAsync(section.Body, limits.AttachmentBytesMax, context.RequestAborted);
                var mediaType = MediaTypeHeaderValue.TryParse(section.ContentType, out var media) ? media.MediaType.Value : null;
                parts.Attachments.Add(new RunAttachment(attachment, mediaType ?? "application/octet-stream", blob, size));
            }
            else
            {
                await ReadJsonAsync(section, name, pieces, parts, limits, context.RequestAborted);
            }
        }

        return examples;
    }

    private static async Task ReadJsonAsync(
        MultipartSection section, string name, string[] pieces, ExampleParts parts, IngestLimits limits, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await section.Body.CopyToAsync(buffer, cancellationToken);
        if (buffer.Length > limits.FieldBytesMax)
        {
            throw new BodyLimitException($"Part '{name}' is larger than the limit FieldBytesMax of {limits.FieldBytesMax:N0} bytes.");
        }

        var json = JsonNode.Parse(LenientJson.Value(buffer.ToArray(), limits.JsonDepthMax).Span);
        if (pieces.Length == 1)
        {
            foreach (var (key, value) in json as JsonObject ?? throw ProblemException.Invalid($"Part '{name}' is no JSON object."))
            {
                parts.Json.TryAdd(key, value?.DeepClone());
            }
        }
        else
        {
            parts.Json[pieces[1]] = json;
        }
    }

    private sealed class ExampleParts
    {
        public JsonObject Json { get; } = [];

        public List<RunAttachment> Attachments { get; } = [];
    }
}
