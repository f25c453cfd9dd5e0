namespace LangSmith.Server.Web.Queues;

/// <summary>How a question of a rubric is answered.</summary>
public enum RubricKind
{
    /// <summary>One of some choices.</summary>
    Choice,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,
}
