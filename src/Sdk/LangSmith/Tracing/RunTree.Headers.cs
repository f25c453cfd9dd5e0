using LangSmith.Propagation;

namespace LangSmith;

/// <content>How a trace goes on in another process.</content>
public sealed partial class RunTree
{
    /// <summary>The headers that let another process go on with this trace: <c>langsmith-trace</c> and <c>baggage</c>.</summary>
    /// <returns>
    /// Empty when the run is off; when its trace is sampled out, only a note of that. The baggage carries tags, metadata and the project: send
    /// it to services of your own only.
    /// </returns>
    public IReadOnlyDictionary<string, string> ToHeaders() =>
        IsTraced ? TraceHeaders.Write(this) : IsSampledOut ? TraceHeaders.NotSampled : new Dictionary<string, string>();

    /// <summary>The run that a call came from, for use as a parent.</summary>
    /// <param name="headers">The headers of the call, in any case.</param>
    /// <returns>Null when they name no run, or are malformed, which is logged. Never sent itself; its trace may be sampled out.</returns>
    public static RunTree? FromHeaders(IEnumerable<KeyValuePair<string, string?>> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return TraceHeaders.Read(headers, LangSmithTracer.Current);
    }
}
