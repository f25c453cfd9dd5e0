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
    /// <typeparam name="TValue">The type of the headers' values: texts, sequences of texts, UTF-8 bytes, or what prints as its text.</typeparam>
    /// <param name="headers">The headers of the call, names in any case: a dictionary, those of an HTTP request, those of a message.</param>
    /// <returns>Null when they name no run, or are malformed, which is logged. Never sent itself; its trace may be sampled out.</returns>
    public static RunTree? FromHeaders<TValue>(IEnumerable<KeyValuePair<string, TValue>> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return TraceHeaders.Read(headers, LangSmithTracer.Current);
    }
}
