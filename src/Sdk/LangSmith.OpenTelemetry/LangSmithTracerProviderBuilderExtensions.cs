using LangSmith;
using LangSmith.Configuration;
using LangSmith.OpenTelemetry;
using LangSmith.Protocol;
using OpenTelemetry.Exporter;

namespace OpenTelemetry.Trace;

/// <summary>Sends spans to LangSmith.</summary>
public static class LangSmithTracerProviderBuilderExtensions
{
    /// <summary>Exports spans to LangSmith as runs, over OTLP (HTTP, protobuf), beside whatever other exporters there are.</summary>
    /// <param name="builder">The builder; processors that change spans are to be added before.</param>
    /// <param name="configure">
    /// Sets address, key, workspace and project; null for nothing. What it leaves open comes from the environment (<c>LANGSMITH_*</c>).
    /// Other options are those of runs and have no effect on spans.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// <para>Spans go to <c>{endpoint}/otel/v1/traces</c> in batches, whether or not <c>LANGSMITH_TRACING</c> is on.</para>
    /// <para>A span that starts while a run is current is below that run and in its trace.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">A value is out of its range or unreadable; the message names it and the remedy.</exception>
    public static TracerProviderBuilder AddLangSmithExporter(
        this TracerProviderBuilder builder, Action<LangSmithOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new LangSmithOptions();
        configure?.Invoke(options);
        var project = TracingSettings.Of(options).ProjectName;
        var connection = options.Export;
#pragma warning disable CA2000 // The provider owns its processors.
        return builder.AddProcessor(new RunLinkProcessor()).AddOtlpExporter("LangSmith", exporter =>
#pragma warning restore CA2000
        {
            exporter.Endpoint = new Uri($"{connection.Endpoint!.AbsoluteUri.TrimEnd('/')}/otel/v1/traces");
            exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
            // Those of the environment are for another receiver.
            exporter.Headers = "";
            exporter.HttpClientFactory = () => CreateHttp(connection.ApiKey, connection.WorkspaceId, project);
        });
    }

    private static HttpClient CreateHttp(string? apiKey, string? workspace, string project)
    {
        // HttpClient repeats x-api-key to wherever it is redirected.
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ActivityHeadersPropagator = null });
        Add(WireHeaders.ApiKey, apiKey);
        Add(WireHeaders.TenantId, workspace);
        Add(WireHeaders.Project, project);
        return http;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                http.DefaultRequestHeaders.TryAddWithoutValidation(name, value.Trim());
            }
        }
    }
}
