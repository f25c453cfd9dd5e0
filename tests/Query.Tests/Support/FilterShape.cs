using System.Collections;
using System.Reflection;
using System.Text.Json;

namespace LangSmith.Server.Query.Tests.Support;

/// <summary>A filter as a text that two filters share only when they are alike down to the last value.</summary>
internal static class FilterShape
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => JsonSerializer.Serialize(text),
        double number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        JsonElement json => json.GetRawText(),
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Of))}]",
        _ when value.GetType().Namespace!.StartsWith("System", StringComparison.Ordinal) || value is Enum => value is DateTimeOffset time ? time.ToString("O") : value.ToString()!,
        _ => $"{value.GetType().Name}({string.Join(", ", Properties(value).Select(property => Of(property.GetValue(value))))})",
    };

    private static IEnumerable<PropertyInfo> Properties(object value) =>
        value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.Name != "EqualityContract").OrderBy(property => property.Name, StringComparer.Ordinal);
}
