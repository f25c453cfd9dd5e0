using System.Text.Encodings.Web;
using System.Text.Json;

namespace LangSmith.Export;

/// <summary>How JSON is written for the wire.</summary>
internal static class WriterOptions
{
    /// <summary>Non-ASCII text stays as it is: it is half as long and is never put into a page by us.</summary>
    public static JsonWriterOptions Wire { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
}
