namespace LangSmith.Server.Query;

/// <summary>Where entries of keys and values are.</summary>
public enum EntryFamily
{
    /// <summary>The values of the metadata.</summary>
    Metadata,

    /// <summary>The scalars of the inputs by dotted path, indexes of arrays left out.</summary>
    Inputs,

    /// <summary>The scalars of the outputs, likewise.</summary>
    Outputs,

    /// <summary>The run's feedback.</summary>
    Feedback,
}
