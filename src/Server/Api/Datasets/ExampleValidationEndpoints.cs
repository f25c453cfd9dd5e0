using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;

namespace LangSmith.Server.Api.Datasets;

/// <summary>Tells whether examples could be created, and as what, without creating them.</summary>
internal static class ExampleValidationEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/examples/validate", async (HttpContext context, TimeProvider time) =>
        {
            using var document = await RequestBodies.ReadObjectAsync(context);
            return JsonBody.Of(await ShowAsync(context, document.RootElement, time));
        });
        api.MapPost("/examples/validate/bulk", async (HttpContext context, TimeProvider time) =>
        {
            using var document = await ExampleEndpoints.ReadListAsync(context);
            var shown = new JsonArray();
            foreach (var body in document.RootElement.EnumerateArray())
            {
                shown.Add(await ShowAsync(context, body, time));
            }

            return JsonBody.Of(shown);
        });
    }

    private static async Task<JsonObject> ShowAsync(HttpContext context, JsonElement body, TimeProvider time)
    {
        var fields = new BodyFields(body);
        var example = await ExampleBody.CreateAsync(context, fields, null, time.GetWireNow());
        return new JsonObject
        {
            ["id"] = example.Id.ToString(),
            ["dataset_id"] = example.DatasetId.ToString(),
            ["inputs"] = Node(example.Inputs),
            ["outputs"] = Node(example.Outputs),
            ["metadata"] = Node(example.Metadata),
            ["created_at"] = WireWriting.Text(example.CreatedAt),
            ["source_run_id"] = example.SourceRunId?.ToString(),
            ["split"] = new JsonArray([.. example.Splits.Select(split => JsonValue.Create(split))]),
            ["use_source_run_io"] = fields.Flag("use_source_run_io") ?? false,
            ["overwrite"] = false,
        };
    }

    private static JsonNode? Node(ReadOnlyMemory<byte> json) => json.IsEmpty ? null : JsonNode.Parse(json.Span);
}
