using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Curation.Prices;
using LangSmith.Server.Domain.Pricing;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Api.Prices;

/// <summary>Model prices as clients write and read them, and as they are kept.</summary>
internal static class ModelPriceJson
{
    private const int DetailsMax = 100;

    /// <summary>Reads a row that a client gives and brings it into the form in which it is kept.</summary>
    public static JsonObject Read(BodyFields body)
    {
        var path = body.List("match_path");
        return new JsonObject
        {
            ["name"] = body.Required("name"),
            ["match_pattern"] = body.Required("match_pattern"),
            ["match_path"] = new JsonArray([.. (path.Count > 0 ? path : ModelPrice.DefaultMatchPath).Select(key => JsonValue.Create(key))]),
            ["provider"] = body.Text("provider") is { Length: > 0 } provider ? provider : null,
            ["start_time"] = body.Time("start_time") is { } start ? WireWriting.Text(start) : null,
            ["prompt_cost"] = Price(body, "prompt_cost") ?? throw ProblemException.Invalid("'prompt_cost' is missing."),
            ["completion_cost"] = Price(body, "completion_cost") ?? throw ProblemException.Invalid("'completion_cost' is missing."),
            ["prompt_cost_details"] = Details(body, "prompt_cost_details"),
            ["completion_cost_details"] = Details(body, "completion_cost_details"),
        };
    }

    public static JsonObject Show(Document row)
    {
        var json = Shelf.Json(row);
        json["id"] = row.Id.ToString();
        json["tenant_id"] = row.Workspace.Value.ToString();
        return json;
    }

    /// <summary>A row that came with the server: it belongs to no workspace.</summary>
    public static JsonObject Show(ModelPrice price) => new()
    {
        ["id"] = price.Id.ToString(),
        ["tenant_id"] = null,
        ["name"] = price.Name,
        ["match_pattern"] = price.MatchPattern,
        ["match_path"] = new JsonArray([.. price.MatchPath.Select(key => JsonValue.Create(key))]),
        ["provider"] = price.Provider,
        ["start_time"] = null,
        ["prompt_cost"] = price.PromptCost,
        ["completion_cost"] = price.CompletionCost,
        ["prompt_cost_details"] = Show(price.PromptCostDetails),
        ["completion_cost_details"] = Show(price.CompletionCostDetails),
    };

    private static JsonObject? Show(IReadOnlyDictionary<string, decimal> details) =>
        details.Count == 0 ? null : new JsonObject(details.Select(detail => KeyValuePair.Create(detail.Key, (JsonNode?)detail.Value)));

    private static JsonObject? Details(BodyFields body, string name)
    {
        if (body.Value(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object || value.GetPropertyCount() > DetailsMax)
        {
            throw ProblemException.Invalid($"'{name}' is an object of at most {DetailsMax} prices by kind of tokens.");
        }

        var given = new BodyFields(value);
        var details = new JsonObject();
        foreach (var kind in value.EnumerateObject().Select(property => property.Name))
        {
            if (Price(given, kind) is { } price)
            {
                details[kind] = price;
            }
        }

        return details;
    }

    private static decimal? Price(BodyFields body, string name) => body.Decimal(name) switch
    {
        null => null,
        { } price and >= 0 and <= PriceRow.PriceMax => price,
        { } price => throw ProblemException.Invalid($"'{name}' is {price}; give US dollars a token, from 0 to {PriceRow.PriceMax:0}."),
    };
}
