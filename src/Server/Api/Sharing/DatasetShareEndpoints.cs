using System.Text.Json.Nodes;
using LangSmith.Server.Api.Datasets;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Curation.Datasets;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Documents;
using LangSmith.Server.Storage.Examples;

namespace LangSmith.Server.Api.Sharing;

/// <summary>Makes a dataset with its examples and experiments readable to anybody who has the token.</summary>
internal static class DatasetShareEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPut("/datasets/{datasetId}/share", ShareAsync);
        api.MapGet("/datasets/{datasetId}/share", async (HttpContext context, string datasetId) =>
        {
            var dataset = await DatasetVersions.FindAsync(context, datasetId);
            var share = await context.Shelf(DocumentKinds.DatasetShare).FindAsync(dataset.Id.ToString());
            return JsonBody.Of(share is null ? null : Show(dataset, share));
        });
        api.MapDelete("/datasets/{datasetId}/share", async (HttpContext context, string datasetId) =>
        {
            var shelf = context.Shelf(DocumentKinds.DatasetShare);
            if (await shelf.FindAsync(RequestValues.ParseId("dataset_id", datasetId).ToString()) is { } share)
            {
                await shelf.DeleteAsync(share.Id);
            }

            return Results.NoContent();
        });
        api.MapGet("/public/{token}/datasets", ReadAsync).RequireCors(LangSmithApi.PublicCors);
        api.MapGet("/public/{token}/examples", ListAsync).RequireCors(LangSmithApi.PublicCors);
        api.MapGet("/public/{token}/examples/count", CountAsync).RequireCors(LangSmithApi.PublicCors);
        api.MapGet("/public/{token}/datasets/sessions", ListExperimentsAsync).RequireCors(LangSmithApi.PublicCors);
    }

    private static async Task<IResult> ShareAsync(HttpContext context, string datasetId, IDocumentStore documents)
    {
        var dataset = await DatasetVersions.FindAsync(context, datasetId);
        using var body = await RequestBodies.ReadObjectAsync(context);
        // The token names its workspace: one that is taken already will not do.
        var wanted = new BodyFields(body.RootElement).Id("share_token");
        var taken = wanted is { } id && await documents.FindAnywhereAsync(DocumentKinds.DatasetShare, id, context.RequestAborted) is not null;
        var json = new JsonObject { ["dataset_id"] = dataset.Id.ToString() };
        var (share, _) = await context.Shelf(DocumentKinds.DatasetShare)
            .CreateAsync(json, wanted is { } token && !taken ? token : Guid.NewGuid(), dataset.Id.ToString());
        return JsonBody.Of(Show(dataset, share));
    }

    private static JsonObject Show(Document dataset, Document share) => new() { ["dataset_id"] = dataset.Id.ToString(), ["share_token"] = share.Id.ToString() };

    private static async Task<Document> FindAsync(HttpContext context, string token) =>
        await SharedDatasets.FindAsync(context.RequestServices.GetRequiredService<IDocumentStore>(), token, context.RequestAborted)
        ?? throw new ProblemException(StatusCodes.Status404NotFound, "Nothing is shared under this token.");

    private static async Task<IResult> ReadAsync(HttpContext context, string token) =>
        JsonBody.Of(await DatasetEndpoints.ShowAsync(context, await FindAsync(context, token)));

    private static ExampleQuery Query(HttpContext context, Document dataset)
    {
        var values = new RequestValues(context.Request);
        return new ExampleQuery
        {
            Workspace = dataset.Workspace,
            DatasetId = dataset.Id,
            Ids = values.Ids("id"),
            AsOf = values.Text("as_of") is null or "latest" ? null : values.Time("as_of"),
            Offset = values.Offset,
            Limit = values.Limit,
        };
    }

    private static async Task<IResult> ListAsync(HttpContext context, string token, IExampleStore examples)
    {
        var dataset = await FindAsync(context, token);
        var found = await new ExampleSelection(new RequestValues(context.Request)).ListAsync(Query(context, dataset), examples, context.RequestAborted);
        return ExampleJson.List(found, context.Links());
    }

    private static async Task<IResult> CountAsync(HttpContext context, string token, IExampleStore examples) =>
        JsonBody.Of(JsonValue.Create(await new ExampleSelection(new RequestValues(context.Request)).CountAsync(
            Query(context, await FindAsync(context, token)), examples, context.RequestAborted)));

    private static async Task<IResult> ListExperimentsAsync(HttpContext context, string token, ICatalogue catalogue)
    {
        var dataset = await FindAsync(context, token);
        var values = new RequestValues(context.Request);
        var query = new ProjectQuery
        {
            Workspace = dataset.Workspace,
            ReferenceDatasetIds = [dataset.Id],
            Ids = values.Ids("id"),
            Name = values.Text("name"),
            NameContains = values.Text("name_contains"),
            Offset = values.Offset,
            Limit = values.Limit,
        };
        var projects = await catalogue.ListProjectsAsync(query, context.RequestAborted);
        return JsonBody.Ok(writer =>
        {
            writer.WriteStartArray();
            foreach (var project in projects)
            {
                ProjectJson.Write(writer, project);
            }

            writer.WriteEndArray();
        });
    }
}
