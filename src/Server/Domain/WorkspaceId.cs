namespace LangSmith.Server.Domain;

/// <summary>The workspace ("tenant" on the wire) that owns a thing; every store call names one, so no query can reach another's.</summary>
public readonly record struct WorkspaceId(Guid Value)
{
    /// <summary>The workspace of a server that runs without keys; fixed, because clients cache it.</summary>
    public static WorkspaceId Default { get; } = new(new Guid("00000000-0000-7000-8000-000000000001"));
}
