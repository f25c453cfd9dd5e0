using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Storage.Examples;

namespace LangSmith.Server.Api.Datasets;

/// <summary>The examples of datasets; every change makes a version.</summary>
internal static class ExampleEndpoints
{
    private const int BulkMax = 1_000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/examples", ListAsync);
        api.MapPost("/examples", CreateAsync);
        api.MapDelete("/examples", async (HttpContext context, IExampleStore examples, TimeProvider time) =>
            await DeleteAsync(context, new RequestValues(context.Request).Ids("example_ids"), examples, time));
        api.MapGet("/examples/count", CountAsync);
        api.MapPost("/examples/bulk", CreateManyAsync);
        api.MapPatch("/examples/bulk", UpdateManyAsync);
        api.MapGet("/examples/{exampleId}", ReadAsync);
        api.MapPatch("/examples/{exampleId}", UpdateAsync);
        api.MapDelete("/examples/{exampleId}", async (HttpContext context, string exampleId, IExampleStore examples, TimeProvider time) =>
            await DeleteAsync(context, [RequestValues.ParseId("example_id", exampleId)], examples, time));
        api.MapPost("/platform/datasets/examples/delete", async (HttpContext context, IExampleStore examples, TimeProvider time) =>
        {
            using var document = await RequestBodies.ReadObjectAsync(context);
            return await DeleteAsync(context, new BodyFields(document.RootElement).Ids("example_ids"), examples, time);
        });
    }

    private static async Task<ExampleQuery> QueryAsync(HttpContext context)
    {
        var values = new RequestValues(context.Request);
        var dataset = values.Id("dataset");
        if (dataset is { } id)
        {
            await context.Shelf(DocumentKinds.Dataset).GetAsync("Dataset", id);
        }

        return new ExampleQuery
        {
            Workspace = context.Workspace(),
            DatasetId = dataset,
            Ids = values.Ids("id"),
            Splits = values.List("splits"),
            Metadata = Metadata(values.Text("metadata")),
            AsOf = await DatasetVersions.TimeAsync(context, dataset, values.Text("as_of")),
            Descending = values.Flag("descending") ?? true,
            Offset = values.Offset,
            Limit = values.Limit,
        };
    }

    private static Dictionary<string, string> Metadata(string? json)
    {
        if (json is null)
        {
            return [];
        }

        try
        {
            return JsonElement.Parse(json).EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString(), StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            throw ProblemException.Invalid("'metadata' is a JSON object.");
        }
    }

    private static async Task<IResult> ListAsync(HttpContext context, IExampleStore examples)
    {
        var selection = new ExampleSelection(new RequestValues(context.Request));
        var found = await selection.ListAsync(await QueryAsync(context), examples, context.RequestAborted);
        return ExampleJson.List(found, context.Links());
    }

    private static async Task<IResult> CountAsync(HttpContext context, IExampleStore examples) =>
        JsonBody.Of(JsonValue.Create(
            await new ExampleSelection(new RequestValues(context.Request)).CountAsync(await QueryAsync(context), examples, context.RequestAborted)));

    private static async Task<IResult> CreateAsync(HttpContext context, IExampleStore examples, TimeProvider time)
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var example = await ExampleBody.CreateAsync(context, new BodyFields(document.RootElement), null, time.GetWireNow());
        await examples.WriteAsync([example], context.RequestAborted);
        return JsonBody.Ok(writer => ExampleJson.Write(writer, example, context.Links()));
    }

    private static async Task<IResult> CreateManyAsync(HttpContext context, IExampleStore examples, TimeProvider time)
    {
        using var document = await ReadListAsync(context);
        var now = time.GetWireNow();
        var created = new List<StoredExample>();
        foreach (var body in document.RootElement.EnumerateArray())
        {
            created.Add(await ExampleBody.CreateAsync(context, new BodyFields(body), null, now));
        }

        await examples.WriteAsync(created, context.RequestAborted);
        return ExampleJson.List(created, context.Links());
    }

    private static async Task<IResult> UpdateManyAsync(HttpContext context, IExampleStore examples, TimeProvider time)
    {
        using var document = await ReadListAsync(context);
        var now = time.GetWireNow();
        var changed = new List<StoredExample>();
        foreach (var body in document.RootElement.EnumerateArray().Select(item => new BodyFields(item)))
        {
            var id = body.Id("id") ?? throw ProblemException.Invalid("'id' is missing.");
            changed.Add(await ExampleBody.ChangeAsync(context, await FindAsync(context, id, null, examples), body, now));
        }

        await examples.WriteAsync(changed, context.RequestAborted);
        return JsonBody.Of(new JsonObject { ["message"] = "Examples updated", ["count"] = changed.Count });
    }

    /// <summary>Reads an array of examples.</summary>
    public static async Task<JsonDocument> ReadListAsync(HttpContext context)
    {
        var document = await RequestBodies.ReadJsonAsync(context);
        if (document.RootElement.ValueKind == JsonValueKind.Array && document.RootElement.GetArrayLength() <= BulkMax)
        {
            return document;
        }

        document.Dispose();
        throw ProblemException.Invalid($"The body is an array of at most {BulkMax:N0} examples.");
    }

    private static async Task<IResult> ReadAsync(HttpContext context, string exampleId, IExampleStore examples)
    {
        var values = new RequestValues(context.Request);
        var asOf = await DatasetVersions.TimeAsync(context, values.Id("dataset"), values.Text("as_of"));
        var example = await FindAsync(context, RequestValues.ParseId("example_id", exampleId), asOf, examples);
        return JsonBody.Ok(writer => ExampleJson.Write(writer, example, context.Links()));
    }

    private static async Task<IResult> UpdateAsync(HttpContext context, string exampleId, IExampleStore examples, TimeProvider time)
    {
        var example = await FindAsync(context, RequestValues.ParseId("example_id", exampleId), null, examples);
        using var document = await RequestBodies.ReadObjectAsync(context);
        var changed = await ExampleBody.ChangeAsync(context, example, new BodyFields(document.RootElement), time.GetWireNow());
        await examples.WriteAsync([changed], context.RequestAborted);
        return JsonBody.Of(new JsonObject { ["message"] = $"Example {changed.Id} updated" });
    }

    /// <summary>Deletes from the latest version on; older versions still show what was.</summary>
    private static async Task<IResult> DeleteAsync(HttpContext context, IReadOnlyList<Guid> ids, IExampleStore examples, TimeProvider time)
    {
        var now = time.GetWireNow();
        var gone = new List<StoredExample>();
        foreach (var id in ids.Distinct())
        {
            gone.Add(await FindAsync(context, id, null, examples) with { ModifiedAt = now, IsDeleted = true });
        }

        await examples.WriteAsync(gone, context.RequestAborted);
        return JsonBody.Of(new JsonObject { ["message"] = "Examples deleted", ["count"] = gone.Count });
    }

    private static async Task<StoredExample> FindAsync(HttpContext context, Guid id, DateTimeOffset? asOf, IExampleStore examples) =>
        await examples.FindAsync(context.Workspace(), id, asOf, context.RequestAborted) ?? throw ProblemException.NotFound("Example", id);
}
