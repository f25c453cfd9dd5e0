using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace LangSmith.Server.Web.Settings;

/// <summary>Makes the configuration of a feedback key of what somebody filled in.</summary>
internal static class FeedbackKeyForm
{
    /// <summary>Reads the form; or says what is missing or wrong.</summary>
    public static (JsonObject? Config, string? Problem) Read(IFormCollection form)
    {
        switch (form.Text("type"))
        {
            case "continuous":
                var (minimum, maximum) = (Number(form.Text("min")), Number(form.Text("max")));
                return minimum > maximum
                    ? (null, "The least number is greater than the greatest.")
                    : (new JsonObject { ["type"] = "continuous", ["min"] = minimum, ["max"] = maximum }, null);
            case "categorical":
                var categories = form["categories"].ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                return categories.Length < 2
                    ? (null, "Give at least two categories, one a line.")
                    : (new JsonObject { ["type"] = "categorical", ["categories"] = new JsonArray([.. categories.Select(Category)]) }, null);
            case "freeform":
                return (new JsonObject { ["type"] = "freeform" }, null);
            default:
                return (null, "Choose how the key is answered.");
        }
    }

    /// <summary>A label with its score; without one, scores count up from 0.</summary>
    private static JsonObject Category(string line, int index)
    {
        var equals = line.LastIndexOf('=');
        return equals > 0 && Number(line[(equals + 1)..].Trim()) is { } value
            ? new JsonObject { ["value"] = value, ["label"] = line[..equals].Trim() }
            : new JsonObject { ["value"] = index, ["label"] = line };
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
