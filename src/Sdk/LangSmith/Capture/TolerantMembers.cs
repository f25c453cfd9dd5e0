using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LangSmith.Capture;

/// <summary>A second try for a value with a member that throws: the member says so, and the others are recorded.</summary>
/// <remarks>Apart from the first try, because it costs a box for each member. By reflection, hence only where that is on.</remarks>
internal static class TolerantMembers
{
    /// <summary>Options for the second try; null where there can be none.</summary>
    public static JsonSerializerOptions? Over(JsonSerializerOptions options)
    {
        if (!JsonSerializer.IsReflectionEnabledByDefault || options.TypeInfoResolver is not { } resolver)
        {
            return null;
        }

        var tolerant = new JsonSerializerOptions(options) { TypeInfoResolver = resolver.WithAddedModifier(Tolerate) };
        tolerant.MakeReadOnly();
        return tolerant;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Only where reflection is on.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only where reflection is on.")]
    private static void Tolerate(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        for (var index = 0; index < type.Properties.Count; index++)
        {
            var property = type.Properties[index];
            if (property is { Get: { } get, CustomConverter: null, IsExtensionData: false })
            {
                var tolerant = type.CreateJsonPropertyInfo(typeof(object), property.Name);
                tolerant.Order = property.Order;
                tolerant.ShouldSerialize = property.ShouldSerialize;
                tolerant.Get = owner => Read(get, owner);
                type.Properties[index] = tolerant;
            }
        }
    }

    private static object? Read(Func<object, object?> get, object owner)
    {
        try
        {
            return get(owner);
        }
        catch (Exception exception)
        {
            // Border: getters are the application's code.
            return $"[not serializable: {TypeName.Of(exception.GetType())}]";
        }
    }
}
