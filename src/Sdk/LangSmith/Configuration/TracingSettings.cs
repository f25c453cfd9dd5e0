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

    public required IReadOnlyList<RunsEndpoint> RunsEndpoints { get; init; }

    /// <exception cref="ArgumentException">A value is out of its range or unreadable; the message names it and the remedy.</exception>
    public static TracingSettings Of(LangSmithOptions options)
    {
        var rate = options.SamplingRate ?? LangSmithEnvironment.Number("TRACING_SAMPLING_RATE") ?? 1;
        if (rate is not (>= 0 and <= 1))
        {
            throw new ArgumentException($"The sampling rate is {rate}; it must be from 0 (nothing) to 1 (everything).", nameof(options));
        }

        Complete(options);
        return new TracingSettings
        {
            TracingEnabled = options.TracingEnabled
                ?? LangSmithEnvironment.Flag("TRACING") ?? LangSmithEnvironment.Flag("TRACING_V2", "TRACING_V2") ?? false,
            ProjectName = options.ProjectName ?? LangSmithEnvironment.Text("PROJECT") ?? LangSmithEnvironment.Text("SESSION") ?? "default",
            SamplingRate = rate,
            HideInputs = options.HideInputs ?? LangSmithEnvironment.Flag("HIDE_INPUTS") ?? false,
            HideOutputs = options.HideOutputs ?? LangSmithEnvironment.Flag("HIDE_OUTPUTS") ?? false,
            HideMetadata = options.HideMetadata ?? LangSmithEnvironment.Flag("HIDE_METADATA") ?? false,
            RunsEndpoints = options.RunsEndpoints ?? LangSmithEnvironment.RunsEndpoints() ?? [],
        };
    }

    /// <summary>Puts address and credentials where they are sent from.</summary>
    public static ExportOptions Complete(LangSmithOptions options)
    {
        var export = options.Export;
        export.Endpoint = options.Endpoint ?? LangSmithEnvironment.Endpoint() ?? s_hosted;
        export.ApiKey = options.ApiKey ?? LangSmithEnvironment.Text("API_KEY");
        export.WorkspaceId = options.WorkspaceId ?? LangSmithEnvironment.Text("WORKSPACE_ID");
        export.Validate();
        return export;
    }
}
