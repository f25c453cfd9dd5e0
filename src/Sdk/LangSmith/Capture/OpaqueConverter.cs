using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LangSmith.Capture;

/// <summary>
/// Writes what has no content to record by its kind: code, streams, work that goes on, and the like. Among the members of a value they would
/// make the whole of it unwritable, or worse: the result of a task waits for it, and a query runs when it is read.
/// </summary>
internal sealed class OpaqueConverter : JsonConverter<object>
{
    /// <summary>What is recorded of such a value; null for a value that has content.</summary>
    public static string? TextOf(object value) => value switch
    {
        Exception exception => Message(exception),
        IQueryable => LazySequence.Text,
        Delegate or Stream or CancellationToken or CancellationTokenSource or MemberInfo or Assembly or Module or Task or Thread or nint or nuint =>
            $"[{TypeName.Of(value.GetType())}]",
        _ => null,
    };

    public override bool CanConvert(Type typeToConvert) =>
        typeof(Exception).IsAssignableFrom(typeToConvert)
        || typeof(Delegate).IsAssignableFrom(typeToConvert)
        || typeof(Stream).IsAssignableFrom(typeToConvert)
        || typeof(MemberInfo).IsAssignableFrom(typeToConvert)
        || typeof(Assembly).IsAssignableFrom(typeToConvert)
        || typeof(Module).IsAssignableFrom(typeToConvert)
        || typeof(Task).IsAssignableFrom(typeToConvert)
        || typeof(Thread).IsAssignableFrom(typeToConvert)
        || typeof(IQueryable).IsAssignableFrom(typeToConvert)
        || typeof(CancellationTokenSource).IsAssignableFrom(typeToConvert)
        || typeToConvert == typeof(CancellationToken)
        || typeToConvert == typeof(ValueTask)
        || typeToConvert == typeof(nint)
        || typeToConvert == typeof(nuint)
        || IsOf(typeToConvert, typeof(ValueTask<>))
        || IsOf(typeToConvert, typeof(Lazy<>))
        || IsAsyncSequence(typeToConvert);

    public override object Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options) =>
        writer.WriteStringValue(TextOf(value) ?? $"[{TypeName.Of(value.GetType())}]");

    private static string Message(Exception exception)
    {
        try
        {
            return $"{exception.GetType().FullName}: {exception.Message}";
        }
        catch (Exception)
        {
            // Border: Message is the application's code.
            return exception.GetType().FullName ?? nameof(Exception);
        }
    }

    private static bool IsOf(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "An interface that was trimmed away is one that nobody reads the value by.")]
    private static bool IsAsyncSequence(Type type) =>
        IsOf(type, typeof(IAsyncEnumerable<>)) || type.GetInterfaces().Any(implemented => IsOf(implemented, typeof(IAsyncEnumerable<>)));
}
