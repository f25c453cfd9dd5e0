using System.Globalization;
using System.Text;
using System.Text.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Web.Payloads;

namespace LangSmith.Server.Web.Feedbacks;

/// <summary>Feedback as a page shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Key">What is judged.</param>
/// <param name="Score">The number; true is 1. Null when it has none.</param>
/// <param name="Truth">The score, when it was given as a boolean.</param>
/// <param name="Value">Its value as text; null when it has none.</param>
/// <param name="Comment">Its comment.</param>
/// <param name="Correction">What would have been right, as JSON or text.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="CreatedAt">When.</param>
public sealed record FeedbackItem(
    Guid Id, string Key, double? Score, bool? Truth, string? Value, string? Comment, string? Correction, string Source, DateTimeOffset CreatedAt)
{
    public string ScoreText => Truth is { } truth ? (truth ? "yes" : "no") : Score?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";

    /// <summary>Good, fair or poor; the usual scores go from 0 to 1.</summary>
    public string Grade => Score switch
    {
        null => "",
        >= 0.75 => "success",
        >= 0.5 => "pending",
        _ => "error",
    };

    public static FeedbackItem Of(Feedback feedback)
    {
        var score = Encoding.UTF8.GetString(feedback.Score.Span);
        bool? truth = score switch
        {
            "true" => true,
            "false" => false,
            _ => null,
        };
        double? number = truth is { } given ? (given ? 1 : 0)
            : double.TryParse(score, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
        return new FeedbackItem(
            feedback.Id, feedback.Key, number, truth, Text(feedback.Value), feedback.Comment, Text(feedback.Correction),
            SourceName(feedback.Source), feedback.CreatedAt);
    }

    private static string? Text(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
        {
            return null;
        }

        using var document = JsonDocument.Parse(json, JsonText.Options);
        return document.RootElement.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => JsonText.String(document.RootElement),
            _ => JsonText.Indented(document.RootElement),
        };
    }

    private static string SourceName(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, JsonText.Options);
        var type = document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("type", out var value) && value.ValueKind == JsonValueKind.String
            ? JsonText.String(value) : "api";
        return type switch
        {
            "api" => "from code",
            "app" => "from these pages",
            "model" => "from a model",
            "auto_eval" => "online evaluator",
            _ => type,
        };
    }
}
