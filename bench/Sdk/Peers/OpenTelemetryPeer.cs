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

    public void Record(string question, string answer) => End(Start(question), answer);

    public IDisposable? Begin(string question)
    {
        var activity = Start(question);
        // The next one is no child of it.
        Activity.Current = null;
        return activity;
    }

    public void End(IDisposable? begun, string answer)
    {
        using var activity = (Activity?)begun;
        activity?.SetTag("gen_ai.completion", answer);
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

    private Activity? Start(string question)
    {
        var activity = _source.StartActivity("chat");
        activity?.SetTag("gen_ai.prompt", question);
        activity?.SetTag("gen_ai.request.model", "small");
        activity?.SetTag("user", "user-17");
        return activity;
    }
}
