using System.Globalization;
using System.Text.Json;
using LangSmith.Server.Domain;
using Microsoft.AspNetCore.Http;

namespace LangSmith.Server.Web.Feedbacks;

/// <summary>Makes feedback of what somebody filled in.</summary>
internal static class FeedbackForm
{
    private const int KeyMax = 180;

    private static readonly byte[] s_source = """{"type":"app"}"""u8.ToArray();

    /// <summary>Reads a form; null when it says nothing.</summary>
    public static Feedback? Read(IFormCollection form, WorkspaceId workspace, Guid runId, DateTimeOffset now)
    {
        var thumb = form["thumb"].ToString();
        var comment = Text(form, "comment");
        var correction = Text(form, "correction");
        double? score = thumb switch
        {
            "up" => 1,
            "down" => 0,
            _ => double.TryParse(form["score"], NumberStyles.Float, CultureInfo.InvariantCulture, out var given) && double.IsFinite(given) ? given : null,
        };
        if (score is null && comment is null && correction is null)
        {
            return null;
        }

        // A comment alone goes under the key that clients use for notes.
        var key = Text(form, "key") ?? (score is null ? "note" : "user_score");
        return new Feedback
        {
            Id = Uuid7.NewGuid(now),
            Workspace = workspace,
            Key = key[..Math.Min(key.Length, KeyMax)],
            CreatedAt = now,
            ModifiedAt = now,
            RunId = runId,
            Score = score is { } number ? JsonSerializer.SerializeToUtf8Bytes(number) : default(ReadOnlyMemory<byte>),
            Comment = comment,
            Correction = correction is null ? default(ReadOnlyMemory<byte>) : Correction(correction),
            Source = s_source,
        };
    }

    /// <summary>An object as it is, anything else as text.</summary>
    private static byte[] Correction(string text)
    {
        if (text.TrimStart().StartsWith('{'))
        {
            try
            {
                using var document = JsonDocument.Parse(text);
                return JsonSerializer.SerializeToUtf8Bytes(document.RootElement);
            }
            catch (JsonException)
            {
                // A text that only begins like an object.
            }
        }

        return JsonSerializer.SerializeToUtf8Bytes(text);
    }

    private static string? Text(IFormCollection form, string name) => form[name].ToString().Trim() is { Length: > 0 } text ? text : null;
}
