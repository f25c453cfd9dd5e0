using System.Text.Json;

namespace LangSmith.Server.Query.Language;

/// <summary>A filter expression as written, before names mean anything.</summary>
/// <param name="Position">Where it begins in the text, from 0.</param>
internal abstract record FilterNode(int Position)
{
    /// <summary>A function with its arguments; the name in lower case.</summary>
    public sealed record Call(int Position, string Function, IReadOnlyList<FilterNode> Arguments) : FilterNode(Position);

    /// <summary>A bare name, dots included.</summary>
    public sealed record Name(int Position, string Value) : FilterNode(Position);

    public sealed record Text(int Position, string Value) : FilterNode(Position);

    public sealed record Number(int Position, double Value) : FilterNode(Position);

    public sealed record Truth(int Position, bool Value) : FilterNode(Position);

    public sealed record Null(int Position) : FilterNode(Position);

    public sealed record List(int Position, IReadOnlyList<FilterNode> Items) : FilterNode(Position);

    /// <summary>A JSON object written without quotes around it.</summary>
    public sealed record Json(int Position, JsonElement Value) : FilterNode(Position);
}
