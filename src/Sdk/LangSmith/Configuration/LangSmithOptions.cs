using System.Text.Json;
using LangSmith.Export;
using LangSmith.Redaction;
using Microsoft.Extensions.Logging;

namespace LangSmith;

/// <summary>How this process traces. What is null here is taken from the environment, then from the defaults.</summary>
/// <remarks>
/// Environment names begin with <c>LANGSMITH_</c>; the elder <c>LANGCHAIN_</c> forms are read where those are absent. Read once, when a
/// <see cref="LangSmithTracer"/> or client is made.
/// </remarks>
public sealed class LangSmithOptions
{
    /// <summary>Whether runs are recorded.</summary>
    /// <value>Null: <c>LANGSMITH_TRACING</c> or <c>LANGCHAIN_TRACING_V2</c> being <c>true</c>; otherwise false.</value>
    public bool? TracingEnabled { get; set; }

    /// <summary>The API's address; a path such as <c>/api/v1</c> is kept.</summary>
    /// <value>Null: <c>LANGSMITH_ENDPOINT</c>; otherwise hosted LangSmith, <c>https://api.smith.langchain.com</c>.</value>
    public Uri? Endpoint { get; set; }

    /// <summary>The API key. It goes to <see cref="Endpoint"/> and nowhere else, and into no log.</summary>
    /// <value>Null: <c>LANGSMITH_API_KEY</c>; otherwise none is sent, which a server of your own on loopback accepts.</value>
    public string? ApiKey { get; set; }

    /// <summary>The workspace, for keys that may use several.</summary>
    /// <value>Null: <c>LANGSMITH_WORKSPACE_ID</c>; otherwise the key's own.</value>
    public string? WorkspaceId { get; set; }

    /// <summary>The project of runs that name none.</summary>
    /// <value>Null: <c>LANGSMITH_PROJECT</c>; otherwise <c>default</c>.</value>
    public string? ProjectName { get; set; }

    /// <summary>The share of traces that are recorded, from 0 to 1, decided by trace id exactly as the official SDKs decide.</summary>
    /// <value>Null: <c>LANGSMITH_TRACING_SAMPLING_RATE</c>; otherwise 1.</value>
    public double? SamplingRate { get; set; }

    /// <summary>Whether inputs stay here.</summary>
    /// <value>Null: <c>LANGSMITH_HIDE_INPUTS</c>; otherwise false.</value>
    public bool? HideInputs { get; set; }

    /// <summary>Whether outputs stay here.</summary>
    /// <value>Null: <c>LANGSMITH_HIDE_OUTPUTS</c>; otherwise false.</value>
    public bool? HideOutputs { get; set; }

    /// <summary>Whether metadata stays here.</summary>
    /// <value>Null: <c>LANGSMITH_HIDE_METADATA</c>; otherwise false.</value>
    public bool? HideMetadata { get; set; }

    /// <summary>Further servers that get a copy of every run, each with its own key and project.</summary>
    /// <value>Null: <c>LANGSMITH_RUNS_ENDPOINTS</c> (JSON: a list of objects with <c>api_url</c>, <c>api_key</c>, <c>project_name</c>); otherwise none.</value>
    /// <remarks>When no <see cref="Endpoint"/> is given, in code or environment, the first of these is the main one, with its own key and project.</remarks>
    public IReadOnlyList<RunsEndpoint>? RunsEndpoints { get; set; }

    /// <summary>What becomes of run ids that are not of version 7.</summary>
    /// <value><see cref="RunIdPolicy.Warn"/>.</value>
    public RunIdPolicy RunIdPolicy { get; set; } = RunIdPolicy.Warn;

    /// <summary>Throws on a bad run id instead of running under a fresh one; for tests and development.</summary>
    /// <value>False.</value>
    public bool Strict { get; set; }

    /// <summary>What is taken out of everything that leaves: inputs, outputs, metadata, tags, events, errors, attachments' names.</summary>
    /// <value>None.</value>
    public IList<RedactionRule> Redactions { get; } = [];

    /// <summary>Whether attachments may be read from files by name.</summary>
    /// <value>False: a path that comes from a request must not become an upload of that file.</value>
    public bool AllowFileAttachments { get; set; }

    /// <summary>How captured values are written as JSON. Cycles become nulls whatever is set here.</summary>
    /// <value>
    /// Null: the framework's defaults, with public fields as well, since tuples have nothing else; without reflection (AOT) give options with a
    /// source-generated resolver.
    /// </value>
    public JsonSerializerOptions? JsonOptions { get; set; }

    /// <summary>How runs are sent.</summary>
    public ExportOptions Export { get; } = new();

    /// <summary>Where the library logs.</summary>
    /// <value>Null: nowhere.</value>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>The clock.</summary>
    /// <value>The system's.</value>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>The HTTP client; not disposed of by the library.</summary>
    /// <value>Null: one of its own.</value>
    public HttpClient? HttpClient { get; set; }

    /// <summary>Makes ids for runs that were given none; null for <see cref="Uuid7"/>.</summary>
    internal Func<DateTimeOffset, Guid>? IdSource { get; set; }
}
