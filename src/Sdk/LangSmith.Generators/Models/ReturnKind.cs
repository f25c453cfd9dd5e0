namespace LangSmith.Generators.Models;

/// <summary>How a traced method ends, which decides how its run ends.</summary>
internal enum ReturnKind
{
    Void,
    Value,
    Task,
    TaskOfValue,
    ValueTask,
    ValueTaskOfValue,
    Sequence,
    AsyncSequence,
}
