using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LangSmith.Redaction;

/// <summary>Makes the serialiser honour <see cref="RedactAttribute"/>.</summary>
internal static class RedactedMembers
{
    public static void AddTo(JsonSerializerOptions options) =>
        options.TypeInfoResolver = options.TypeInfoResolver?.WithAddedModifier(Redact);

    private static void Redact(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        foreach (var property in type.Properties)
        {
            if (property.AttributeProvider?.IsDefined(typeof(RedactAttribute), inherit: true) is true)
            {
                property.ShouldSerialize = (_, _) => false;
            }
        }
    }
}
