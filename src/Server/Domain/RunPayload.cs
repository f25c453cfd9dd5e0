namespace LangSmith.Server.Domain;

/// <summary>The big parts of a run, read only when asked for.</summary>
[Flags]
public enum RunPayload
{
    /// <summary>None: previews only.</summary>
    None = 0,

    /// <summary>The inputs.</summary>
    Inputs = 1,

    /// <summary>The outputs.</summary>
    Outputs = 2,

    /// <summary>Metadata, runtime and the rest of <c>extra</c>.</summary>
    Extra = 4,

    /// <summary>The events.</summary>
    Events = 8,

    /// <summary>The serialized component.</summary>
    Serialized = 16,

    /// <summary>Everything.</summary>
    All = Inputs | Outputs | Extra | Events | Serialized,
}
