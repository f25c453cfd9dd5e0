using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Storage.Examples;

namespace LangSmith.Server.Api.Datasets;

/// <summary>Copies examples of one dataset, as of a version, into another.</summary>
internal static class DatasetCloneEndpoints
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/datasets/clone", CloneAsync);

    private static async Task<IResult> CloneAsync(HttpContext context, IExampleStore examples, TimeProvider time)
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var source = await DatasetVersions.FindAsync(context, body.Required("source_dataset_id"));
        var target = await DatasetVersions.FindAsync(context, body.Required("target_dataset_id"));
        var originals = await examples.ListAsync(
            new ExampleQuery
            {
                Workspace = context.Workspace(),
                DatasetId = source.Id,
                AsOf = await DatasetVersions.TimeAsync(context, source.Id, body.Text("as_of")),
                Ids = body.Ids("examples"),
                Splits = body.List("split"),
                Limit = int.MaxValue,
            },
            context.RequestAborted);
        var now = time.GetWireNow();
        var copies = new List<StoredExample>(originals.Count);
        foreach (var original in originals)
        {
            var copy = original with { Id = Uuid7.NewGuid(now), DatasetId = target.Id, ModifiedAt = now };
            copies.Add(await ExampleSchemas.CheckAsync(context, copy));
        }

        await examples.WriteAsync(copies, context.RequestAborted);
        return ExampleJson.List(copies, context.Links());
    }
}
