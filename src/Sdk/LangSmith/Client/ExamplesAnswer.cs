namespace LangSmith.Client;

/// <summary>What a server says to examples that it got in parts.</summary>
internal sealed record ExamplesAnswer
{
    public IReadOnlyList<Guid> ExampleIds { get; init; } = [];
}
