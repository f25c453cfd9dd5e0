namespace LangSmith.Server.Domain;

/// <summary>The retention tiers of LangSmith, by their names on the wire.</summary>
public static class TraceTiers
{
    public const string Longlived = "longlived";
    public const string Shortlived = "shortlived";

    public static IReadOnlyList<string> All { get; } = [Longlived, Shortlived];
}
