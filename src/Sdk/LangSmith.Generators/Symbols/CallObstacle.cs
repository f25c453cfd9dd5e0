namespace LangSmith.Generators.Symbols;

/// <summary>What keeps one call of a traced method from being intercepted.</summary>
internal enum CallObstacle
{
    None,

    /// <summary>The tree would name the interceptor instead of the method, and break whoever reads it.</summary>
    ExpressionTree,

    /// <summary>The interceptor could only call the override, which called it.</summary>
    Base,
}
