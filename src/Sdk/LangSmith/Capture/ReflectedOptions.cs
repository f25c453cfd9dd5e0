using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LangSmith.Capture;

/// <summary>The options by which values are captured when the application gives none.</summary>
internal static class ReflectedOptions
{
    /// <summary>By reflection where the application allows it; without it, only what is captured by other means than reflection.</summary>
    public static JsonSerializerOptions Value { get; } = Make();

    [UnconditionalSuppressMessage(
        "Trimming", "IL2026", Justification = "Only where reflection is on; a type that was trimmed away is captured as a text saying so.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only where reflection is on.")]
    private static JsonSerializerOptions Make() => new()
    {
        TypeInfoResolver = JsonSerializer.IsReflectionEnabledByDefault ? new DefaultJsonTypeInfoResolver() : JsonTypeInfoResolver.Combine(),
        // Tuples have nothing else; without it they are recorded as nothing.
        IncludeFields = true,
    };
}
