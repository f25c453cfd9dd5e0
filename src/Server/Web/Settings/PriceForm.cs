using System.Globalization;
using System.Text.Json.Nodes;
using LangSmith.Server.Curation.Prices;
using LangSmith.Server.Domain.Pricing;
using Microsoft.AspNetCore.Http;

namespace LangSmith.Server.Web.Settings;

/// <summary>Makes a price of what somebody filled in: people think in millions of tokens, prices are kept a token.</summary>
internal static class PriceForm
{
    private const decimal Million = 1_000_000m;

    /// <summary>Reads the form; or says what is missing or wrong.</summary>
    public static (JsonObject? Row, string? Problem) Read(IFormCollection form)
    {
        if (form.Text("name") is not { } name || form.Text("match_pattern") is not { } pattern)
        {
            return (null, "Give a name, and which model names match.");
        }

        if (Price(form.Text("prompt")) is not { } prompt || Price(form.Text("completion")) is not { } completion)
        {
            return (null, $"Prices are numbers from 0 to {PriceRow.PriceMax * Million:0}.");
        }

        var row = new JsonObject
        {
            ["name"] = name,
            ["match_pattern"] = pattern,
            ["match_path"] = new JsonArray([.. ModelPrice.DefaultMatchPath.Select(key => JsonValue.Create(key))]),
            ["provider"] = form.Text("provider"),
            ["start_time"] = null,
            ["prompt_cost"] = prompt,
            ["completion_cost"] = completion,
            ["prompt_cost_details"] = null,
            ["completion_cost_details"] = null,
        };
        return PriceRow.Problem(row) is { } problem ? (null, problem) : (row, null);
    }

    private static decimal? Price(string? perMillion) =>
        decimal.TryParse(perMillion, NumberStyles.Float, CultureInfo.InvariantCulture, out var price) && price >= 0 && price <= PriceRow.PriceMax * Million
            ? price / Million
            : null;
}
