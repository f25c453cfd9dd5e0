namespace LangSmith.Server.Domain;

/// <summary>What a client meant by a write.</summary>
public enum RunWriteKind
{
    /// <summary>The run is created.</summary>
    Post,

    /// <summary>The run is updated; its fields beat those of a post of the same attempt.</summary>
    Patch,
}
