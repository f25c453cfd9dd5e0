namespace LangSmith.Generators.Models;

/// <summary>What the generated code does with an argument besides passing it on.</summary>
internal enum ParameterRole
{
    /// <summary>Recorded among the inputs.</summary>
    Captured,

    /// <summary>A file, or files, of the run: attached to it, and not among the inputs.</summary>
    Attached,

    /// <summary>Passed on only: marked as not traced, a cancellation token, a span, an out parameter.</summary>
    PassedOn,

    /// <summary>A <c>RunTree?</c>: receives the call's run when the caller leaves it null.</summary>
    Run,

    /// <summary>A <c>RunOptions?</c>: the options of the call.</summary>
    Options,
}
