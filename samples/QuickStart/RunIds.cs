namespace QuickStart;

/// <summary>The ids that the sample chose.</summary>
internal sealed record RunIds
{
    public required Guid Root { get; init; }

    public required Guid Wrapped { get; init; }

    public required Guid Attribute { get; init; }

    public required Guid Tree { get; init; }

    public required Guid Retried { get; init; }
}
