namespace LangSmith;

/// <summary>Traces every call of the method as a run: its arguments become the inputs, its result the outputs, an exception the error.</summary>
/// <remarks>
/// <para>
/// A source generator intercepts the calls at compile time: no proxy, no reflection, about a nanosecond while tracing is off. Every traced
/// method also gets an overload that takes <c>RunOptions</c> after the last required parameter, for the run id of one call.
/// </para>
/// <para>
/// Attribute the member that callers name: the interface's method if they call through the interface. What cannot be intercepted (method
/// groups, expression trees, local functions and so on) is reported by the analyzers LS0004 to LS0012 and LS1001 to LS1004, never passed over.
/// </para>
/// <para>
/// Parameters of type <see cref="CancellationToken"/>, spans and other <c>ref struct</c>s, <c>RunTree</c> and <c>RunOptions</c>, and those
/// marked with <see cref="NotTracedAttribute"/> are not captured. A <c>RunTree?</c> parameter that the caller leaves null receives the
/// call's run; a <c>RunOptions?</c> parameter is taken as the options of the call. <see cref="RunAttachment"/> parameters, and collections of
/// them, become files of the run.
/// </para>
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TraceableAttribute : Attribute
{
    /// <summary>Traces under the method's own name.</summary>
    public TraceableAttribute()
    {
    }

    /// <summary>Traces under another name.</summary>
    /// <param name="name">The run's name; null or empty means the method's own name.</param>
    public TraceableAttribute(string? name)
    {
        Name = name;
    }

    /// <summary>Gets or sets the run's name.</summary>
    /// <value>Null means the method's own name.</value>
    public string? Name { get; set; }

    /// <summary>
    /// Gets or sets the run type as the wire has it: <c>chain</c>, <c>llm</c>, <c>tool</c>, <c>retriever</c>, <c>embedding</c>, <c>prompt</c>
    /// or <c>parser</c>.
    /// </summary>
    /// <value>Null means <c>chain</c>.</value>
    public string? RunType { get; set; }

    /// <summary>Gets or sets the tags that each run carries.</summary>
    /// <value>Null means none.</value>
    public string[]? Tags { get; set; }

    /// <summary>Gets or sets the project of runs that are roots; a run below another is where that one is.</summary>
    /// <value>Null means that of the scope, or the configured one.</value>
    public string? ProjectName { get; set; }

    /// <summary>Gets or sets a value that tells whether the arguments are captured.</summary>
    /// <value>True by default.</value>
    public bool CaptureInputs { get; set; } = true;

    /// <summary>Gets or sets a value that tells whether the result is captured.</summary>
    /// <value>True by default.</value>
    public bool CaptureOutputs { get; set; } = true;

    /// <summary>Gets or sets the name of a static method of the same type that makes the recorded inputs.</summary>
    /// <value>
    /// Null means that the arguments are recorded as they are. The method takes any of the traced method's captured parameters, matched by
    /// name, and returns the inputs: an object or a dictionary is recorded as it is, any other value under <c>input</c>.
    /// </value>
    /// <remarks>It is at least internal (LS1004). When it throws, the inputs hold a text saying so and nothing else.</remarks>
    public string? ProcessInputs { get; set; }

    /// <summary>Gets or sets the name of a static method of the same type that makes the recorded outputs from the result.</summary>
    /// <value>Null means that the result is recorded as it is. For a stream the method takes what was reduced, or the list of chunks.</value>
    /// <remarks>It is at least internal (LS1004). When it throws, the outputs hold a text saying so and nothing else.</remarks>
    public string? ProcessOutputs { get; set; }

    /// <summary>Gets or sets the name of a static method of the same type that makes what is recorded for one chunk of a stream.</summary>
    /// <value>Null means that chunks are recorded as they are. The method takes a chunk and returns a value of any type.</value>
    /// <remarks>
    /// The caller still gets the chunk itself. A chunk for which it throws is left out, and the metadata count such chunks
    /// (<c>ls_chunks_not_processed</c>).
    /// </remarks>
    public string? ProcessChunk { get; set; }

    /// <summary>Gets or sets the name of a static method of the same type that makes one output of a stream's chunks.</summary>
    /// <value>Null means that the list of chunks is recorded. The method takes an <c>IReadOnlyList</c> of chunks (of processed chunks if
    /// <see cref="ProcessChunk"/> is set) and returns a value of any type.</value>
    /// <remarks>When it throws, the chunks are recorded; nothing of them when <see cref="ProcessOutputs"/> was to see what it made.</remarks>
    public string? ReduceChunks { get; set; }

    /// <summary>Gets or sets exceptions that are a normal way to end: they pass through, and the run is recorded without an error.</summary>
    /// <value>Null means none; derived types count too.</value>
    public Type[]? IgnoreExceptions { get; set; }
}
