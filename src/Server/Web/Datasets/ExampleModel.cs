using LangSmith.Server.Curation.Datasets;
using LangSmith.Server.Storage.Examples;
using LangSmith.Server.Web.Payloads;

namespace LangSmith.Server.Web.Datasets;

/// <summary>An example, or the form for a new one.</summary>
public sealed record ExampleModel
{
    public required Dataset Dataset { get; init; }

    /// <summary>Null for one that is yet to be made.</summary>
    public StoredExample? Example { get; init; }

    /// <summary>What the form holds.</summary>
    public required ExampleForm Form { get; init; }

    public PayloadModel? Inputs { get; init; }

    public PayloadModel? Outputs { get; init; }

    /// <summary>The version that is looked at; null for the latest, which alone can be changed.</summary>
    public string? AsOf { get; init; }

    /// <summary>Why the form was not taken; null when it was.</summary>
    public string? Problem { get; init; }
}
