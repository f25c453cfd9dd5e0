using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Curation.Prices;
using LangSmith.Server.Curation.Settings;
using LangSmith.Server.Domain.Pricing;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Api.Prices;

/// <summary>What models cost: a workspace's own rows, which come first, and those that came with the server.</summary>
internal static class ModelPriceEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/model-price-map", (Delegate)ListAsync);
        api.MapPost("/model-price-map", CreateAsync);
        api.MapPut("/model-price-map/{priceId}", UpdateAsync);
        api.MapDelete("/model-price-map/{priceId}", DeleteAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context)
    {
        var own = await context.Shelf(DocumentKinds.ModelPrice).ListAsync(query => query with { Ascending = true });
        return JsonBody.List([.. own.Select(ModelPriceJson.Show), .. BuiltInPrices.All.Select(ModelPriceJson.Show)]);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, WorkspaceRules rules)
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var row = Checked(ModelPriceJson.Read(body));
        var shelf = context.Shelf(DocumentKinds.ModelPrice);
        if (await shelf.CountAsync() >= PriceRow.RowsMax)
        {
            throw ProblemException.BadRequest($"The workspace has {PriceRow.RowsMax:N0} prices of its own, which is the limit. Delete some.");
        }

        var (created, isNew) = await shelf.CreateAsync(row, body.Id("id"));
        if (!isNew)
        {
            throw ProblemException.Conflict($"There is a price '{created.Id}' already. Change it with PUT.");
        }

        await rules.LoadAsync(context.Workspace(), context.RequestAborted);
        return JsonBody.Of(ModelPriceJson.Show(created));
    }

    private static async Task<IResult> UpdateAsync(HttpContext context, string priceId, WorkspaceRules rules)
    {
        var known = await FindAsync(context, priceId);
        using var document = await RequestBodies.ReadObjectAsync(context);
        var row = JsonSerializer.SerializeToUtf8Bytes(Checked(ModelPriceJson.Read(new BodyFields(document.RootElement))));
        var updated = await context.Shelf(DocumentKinds.ModelPrice).UpdateAsync(known.Id, stored => stored with { Json = row });
        await rules.LoadAsync(context.Workspace(), context.RequestAborted);
        return JsonBody.Of(ModelPriceJson.Show(updated ?? throw ProblemException.NotFound("Model price", known.Id)));
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, string priceId, WorkspaceRules rules)
    {
        await context.Shelf(DocumentKinds.ModelPrice).DeleteAsync((await FindAsync(context, priceId)).Id);
        await rules.LoadAsync(context.Workspace(), context.RequestAborted);
        return JsonBody.Message("Model price deleted");
    }

    private static async Task<Document> FindAsync(HttpContext context, string priceId)
    {
        var id = RequestValues.ParseId("id", priceId);
        return BuiltInPrices.All.Any(price => price.Id == id)
            ? throw ProblemException.Conflict($"The price '{id}' came with the server. Add one of your own: own prices come first.")
            : await context.Shelf(DocumentKinds.ModelPrice).GetAsync("Model price", id);
    }

    private static JsonObject Checked(JsonObject row) =>
        PriceRow.Problem(row) is { } problem ? throw ProblemException.Invalid(problem) : row;
}
