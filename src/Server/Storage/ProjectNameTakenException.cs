namespace LangSmith.Server.Storage;

/// <summary>Another project of the workspace has the name.</summary>
public sealed class ProjectNameTakenException(string name) : Exception($"There is a project named \"{name}\" already.")
{
    public string Name { get; } = name;
}
