using System.Collections.Frozen;

namespace LangSmith.Protocol;

/// <summary>The run types that the wire knows, in lower case.</summary>
public static class RunTypes
{
    /// <summary>A sequence of calls; the default.</summary>
    public const string Chain = "chain";

    /// <summary>A call of a language model.</summary>
    public const string Llm = "llm";

    /// <summary>A call of a tool.</summary>
    public const string Tool = "tool";

    /// <summary>A search for documents.</summary>
    public const string Retriever = "retriever";

    /// <summary>A call of an embedding model.</summary>
    public const string Embedding = "embedding";

    /// <summary>The making of a prompt.</summary>
    public const string Prompt = "prompt";

    /// <summary>The parsing of a model's answer.</summary>
    public const string Parser = "parser";

    /// <summary>All of them.</summary>
    public static FrozenSet<string> All { get; } =
        FrozenSet.ToFrozenSet([Chain, Llm, Tool, Retriever, Embedding, Prompt, Parser], StringComparer.OrdinalIgnoreCase);
}
