using System.Globalization;

namespace LangSmith.Server.Api.Http;

/// <summary>Cursors of lists that are paged by offset.</summary>
internal static class OffsetCursor
{
    public static string? Print(int? offset) => offset?.ToString(CultureInfo.InvariantCulture);

    public static int Parse(string? text) => string.IsNullOrEmpty(text) ? 0
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset
        : throw ProblemException.BadRequest("'cursor' is none that this server gave out; begin without one.");
}
