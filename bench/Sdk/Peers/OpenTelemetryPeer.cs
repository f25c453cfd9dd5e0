using System.Diagnostics;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace LangSmith.Sdk.Bench.Peers;

/// <summary>OpenTelemetry .NET with its OTLP exporter over HTTP, on its default settings.</summary>
internal sealed class OpenTelemetryPeer : IPeer
{
    private readonly ActivitySource _source = new("bench.peer");
    private readonly TracerProvider _provider;

    public OpenTelemetryPeer(Uri endpoint, string project)
    {
        Project = project;
        _provider = OpenTelemetry.Sdk.CreateTracerProviderBuilder()
            .AddSource(_source.Name)
            .AddOtlpExporter(options =>
            {
                options.Endpoint = new Uri(endpoint, "/otel/v1/traces");
                options.Protocol = OtlpExportProtocol.HttpProtobuf;
                options.Headers = $"Langsmith-Project={project}";
            })
            .Build();
    }

    public string Name => "OpenTelemetry .NET, OTLP";

    public string Project { get; }

    public void Record(string question, string answer)
    {
        using var activity = _source.StartActivity("chat");
        activity?.SetTag("gen_ai.prompt", question);
        activity?.SetTag("gen_ai.completion", answer);
        activity?.SetTag("gen_ai.request.model", "small");
        activity?.SetTag("user", "user-17");
    }

    public Task FlushAsync()
    {
        _provider.ForceFlush();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _provider.Dispose();
        _source.Dispose();
        return ValueTask.CompletedTask;
    }
}
