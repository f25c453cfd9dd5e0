using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;
using Server.Tests.Support;

namespace Server.Tests.Otlp;

/// <summary>Sends one span in either encoding and reads the run that it became.</summary>
internal static class SpanSender
{
    /// <param name="server">Where to.</param>
    /// <param name="protobuf">By OpenTelemetry's own exporter; false writes OTLP's JSON.</param>
    /// <param name="name">The span's name.</param>
    /// <param name="attributes">Texts, whole and real numbers, booleans.</param>
    /// <param name="events">Events with their attributes.</param>
    public static async Task<JsonElement> SendAsync(
        TestServer server, bool protobuf, string name, IReadOnlyDictionary<string, object> attributes,
        params (string Name, Dictionary<string, object> Attributes)[] events)
    {
        var trace = ActivityTraceId.CreateRandom();
        if (protobuf)
        {
            trace = Export(server, name, attributes, events);
        }
        else
        {
            await PostAsync(server, Body(trace.ToHexString(), name, attributes, events));
        }

        var id = attributes.TryGetValue("langsmith.trace.id", out var given) ? (string)given : Guid.ParseExact(trace.ToHexString(), "N").ToString();
        var runs = (await server.PostAsync("/runs/query", new { trace = id })).GetProperty("runs");
        return Assert.Single(runs.EnumerateArray());
    }

    public static async Task PostAsync(TestServer server, JsonObject body)
    {
        using var content = new StringContent(body.ToJsonString());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await server.Http.PostAsync(new Uri("/otel/v1/traces", UriKind.Relative), content, TestServer.Cancellation);
        Assert.True(response.IsSuccessStatusCode);
    }

    /// <summary>A body with one span.</summary>
    public static JsonObject Body(
        string traceId, string name, IReadOnlyDictionary<string, object> attributes,
        (string Name, Dictionary<string, object> Attributes)[]? events = null, string? spanId = null, string? parentSpanId = null) => new()
        {
            ["resourceSpans"] = new JsonArray(new JsonObject
            {
                ["resource"] = new JsonObject { ["attributes"] = Attributes(new Dictionary<string, object> { ["service.name"] = "shop" }) },
                ["scopeSpans"] = new JsonArray(new JsonObject
                {
                    ["spans"] = new JsonArray(new JsonObject
                    {
                        ["traceId"] = traceId,
                        ["spanId"] = spanId ?? ActivitySpanId.CreateRandom().ToHexString(),
                        ["parentSpanId"] = parentSpanId,
                        ["name"] = name,
                        ["startTimeUnixNano"] = "1795521600000000000",
                        ["endTimeUnixNano"] = "1795521601000000000",
                        ["attributes"] = Attributes(attributes),
                        ["events"] = new JsonArray([.. (events ?? []).Select(e => new JsonObject
                        {
                            ["name"] = e.Name,
                            ["timeUnixNano"] = "1795521600500000000",
                            ["attributes"] = Attributes(e.Attributes),
                        })]),
                    }),
                }),
            }),
        };

    private static JsonArray Attributes(IReadOnlyDictionary<string, object> attributes) => new([.. attributes.Select(attribute => new JsonObject
    {
        ["key"] = attribute.Key,
        ["value"] = attribute.Value switch
        {
            int number => new JsonObject { ["intValue"] = number.ToString(System.Globalization.CultureInfo.InvariantCulture) },
            double number => new JsonObject { ["doubleValue"] = number },
            bool flag => new JsonObject { ["boolValue"] = flag },
            _ => new JsonObject { ["stringValue"] = (string)attribute.Value },
        },
    })]);

    private static ActivityTraceId Export(
        TestServer server, string name, IReadOnlyDictionary<string, object> attributes, (string Name, Dictionary<string, object> Attributes)[] events)
    {
        using var source = new ActivitySource($"dialects-{Guid.NewGuid():N}");
        using var provider = Provider(server, source.Name);
        using var activity = source.StartActivity(name, ActivityKind.Internal, default(ActivityContext))!;
        foreach (var (key, value) in attributes)
        {
            activity.SetTag(key, value);
        }

        foreach (var (eventName, values) in events)
        {
            activity.AddEvent(new ActivityEvent(eventName, tags: new ActivityTagsCollection(values.Select(v => KeyValuePair.Create(v.Key, (object?)v.Value)))));
        }

        return activity.TraceId;
    }

    /// <summary>OpenTelemetry's own exporter; sends when a span ends.</summary>
    public static TracerProvider Provider(TestServer server, string source) => Sdk.CreateTracerProviderBuilder()
        .SetSampler(new AlwaysOnSampler())
        .AddSource(source)
        .AddOtlpExporter(exporter =>
        {
            exporter.Endpoint = new Uri(server.Url, "/otel/v1/traces");
            exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
            exporter.ExportProcessorType = ExportProcessorType.Simple;
        }).Build();
}
