namespace LangSmith.Server.Query;

/// <summary>How two values compare.</summary>
public enum Comparison
{
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}
