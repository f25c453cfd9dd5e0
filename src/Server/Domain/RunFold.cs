namespace LangSmith.Server.Domain;

/// <summary>The rules by which writes become a run.</summary>
public static class RunFold
{
}
