using LangSmith.Export;

namespace LangSmith.Configuration;

/// <summary>The options as they hold: code, then environment, then defaults.</summary>
internal sealed record TracingSettings
{
    private static readonly Uri s_hosted = new("https://api.smith.langchain.com");

    public required bool TracingEnabled { get; init; }

    public required string ProjectName { get; init; }

    public required double SamplingRate { get; init; }

    public required bool HideInputs { get; init; }

    public required bool HideOutputs { get; init; }

    public required bool HideMetadata { get; init; }

    /// <summary>The servers that get copies; without the one that is the main one.</summary>
    public required IReadOnlyList<RunsEndpoint> RunsEndpoints { get; init; }

    /// <exception cref="ArgumentException">A value is out of its range or unreadable; the message names it and the remedy.</exception>
    public static TracingSettings Of(LangSmithOptions options)
    {
        var rate = options.SamplingRate ?? LangSmithEnvironment.Number("TRACING_SAMPLING_RATE") ?? 1;
        if (rate is not (>= 0 and <= 1))
        {
            throw new ArgumentException(
                $"The sampling rate ({nameof(options.SamplingRate)}, LANGSMITH_TRACING_SAMPLING_RATE) is {rate}; " +
                "it must be from 0 (nothing) to 1 (everything).",
                nameof(options));
        }

        Complete(options);
        var (first, others) = Endpoints(options);
        return new TracingSettings
        {
            TracingEnabled = options.TracingEnabled ?? LangSmithEnvironment.Tracing() ?? false,
            ProjectName = Given(options.ProjectName) ?? first?.ProjectName
                ?? LangSmithEnvironment.Text("PROJECT") ?? LangSmithEnvironment.Text("SESSION") ?? "default",
            SamplingRate = rate,
            HideInputs = options.HideInputs ?? LangSmithEnvironment.Flag("HIDE_INPUTS") ?? false,
            HideOutputs = options.HideOutputs ?? LangSmithEnvironment.Flag("HIDE_OUTPUTS") ?? false,
            HideMetadata = options.HideMetadata ?? LangSmithEnvironment.Flag("HIDE_METADATA") ?? false,
            RunsEndpoints = others,
        };
    }

    /// <summary>Puts address and credentials where they are sent from.</summary>
    /// <exception cref="ArgumentException">A value is out of its range or unreadable; the message names it and the remedy.</exception>
    public static ExportOptions Complete(LangSmithOptions options)
    {
        var export = options.Export;
        var (first, _) = Endpoints(options);
        export.Endpoint = first?.Endpoint ?? options.Endpoint ?? LangSmithEnvironment.Endpoint() ?? s_hosted;
        // A key goes to its own address: that of the environment was not meant for an address of the list.
        export.ApiKey = first is not null ? first.ApiKey ?? options.ApiKey : options.ApiKey ?? LangSmithEnvironment.Text("API_KEY");
        export.WorkspaceId = Given(options.WorkspaceId) ?? (first is null ? LangSmithEnvironment.Text("WORKSPACE_ID") : null);
        export.Validate();
        return export;
    }

    /// <summary>
    /// Who gets the runs. A list without an address beside it names all of them, as in the official SDKs: its first is the main one then.
    /// Otherwise runs would also go to hosted LangSmith, which nobody asked for.
    /// </summary>
    private static (RunsEndpoint? First, IReadOnlyList<RunsEndpoint> Others) Endpoints(LangSmithOptions options)
    {
        var listed = options.RunsEndpoints ?? LangSmithEnvironment.RunsEndpoints() ?? [];
        return listed.Count > 0 && options.Endpoint is null && LangSmithEnvironment.Endpoint() is null
            ? (listed[0], [.. listed.Skip(1)])
            : (null, listed);
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
