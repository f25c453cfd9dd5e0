namespace LangSmith.AspNetCore;

/// <summary>What is believed of incoming requests.</summary>
public sealed class LangSmithPropagationOptions
{
    /// <summary>
    /// Whether tags, metadata, project, and that the trace is not sampled, are taken from the <c>baggage</c> header; whoever can reach the
    /// application can then choose the project of its runs, or that there are none.
    /// </summary>
    /// <value>False: only the parent run is taken.</value>
    public bool TrustBaggage { get; set; }

    /// <summary>Whether the trace of a request is gone on with, such as for requests from one's own network only.</summary>
    /// <value>Null: for every request that names one.</value>
    public Func<Microsoft.AspNetCore.Http.HttpContext, bool>? Accepts { get; set; }
}
