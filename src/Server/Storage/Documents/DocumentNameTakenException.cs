namespace LangSmith.Server.Storage.Documents;

/// <summary>A name is taken by another document of the same workspace, kind and parent.</summary>
public sealed class DocumentNameTakenException(string kind, string name) : Exception($"There is a {kind} named \"{name}\" already.")
{
    public string Kind { get; } = kind;

    public string Name { get; } = name;
}
