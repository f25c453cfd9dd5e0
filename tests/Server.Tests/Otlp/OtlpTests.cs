using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;
using Server.Tests.Support;

namespace Server.Tests.Otlp;

/// <summary>Spans of the real OpenTelemetry exporter, and OTLP's JSON.</summary>
public sealed class OtlpTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Json = """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},"scopeSpans":[{"scope":{"name":"x"},"spans":[
        {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","name":"root","kind":1,"startTimeUnixNano":"1795521600000000000","endTimeUnixNano":"1795521601000000000",
         "attributes":[{"key":"langsmith.span.kind","value":{"stringValue":"chain"}}]},
        {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"","name":"broken"}]}]}]}
        """;

    [Fact]
    [Proves("POST /api/v1/otel/v1/traces", "POST /api/v1/otel")]
    public async Task Exporter_OfOpenTelemetry_SendsATreeOfRuns()
    {
        using var source = new ActivitySource("otlp-tests");
        using (var provider = Sdk.CreateTracerProviderBuilder().AddSource(source.Name).AddOtlpExporter(exporter =>
        {
            exporter.Endpoint = new Uri(server.Url, "/otel/v1/traces");
            exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
            exporter.Headers = "x-api-key=any,Langsmith-Project=spans";
            exporter.ExportProcessorType = ExportProcessorType.Simple;
        }).Build())
        {
            using var root = source.StartActivity("answer");
            root!.SetTag("gen_ai.prompt.0.role", "user");
            using (var model = source.StartActivity("chat"))
            {
                model!.SetTag("gen_ai.system", "openai");
                model.SetTag("gen_ai.request.model", "gpt-4o-mini");
                model.SetTag("gen_ai.operation.name", "chat");
                model.SetTag("gen_ai.usage.input_tokens", 12);
                model.SetTag("gen_ai.usage.output_tokens", 3);
                model.SetStatus(ActivityStatusCode.Error, "too hot");
            }
        }

        var project = Assert.Single((await server.GetAsync("/sessions?name=spans")).EnumerateArray()).GetProperty("id").GetString();
        var runs = (await server.PostAsync("/runs/query", new { session = project, order = "asc" })).GetProperty("runs").EnumerateArray().ToArray();
        Assert.Equal(2, runs.Length);
        var answer = runs.Single(r => r.GetProperty("name").GetString() == "answer");
        var chat = runs.Single(r => r.GetProperty("name").GetString() == "chat");
        Assert.Equal(answer.GetProperty("id").GetGuid(), chat.GetProperty("parent_run_id").GetGuid());
        Assert.Equal(answer.GetProperty("trace_id").GetGuid(), chat.GetProperty("trace_id").GetGuid());
        Assert.Equal(("llm", "error", 15), (chat.GetProperty("run_type").GetString(), chat.GetProperty("status").GetString(), chat.GetProperty("total_tokens").GetInt32()));
        Assert.Contains("too hot", chat.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(15, answer.GetProperty("total_tokens").GetInt32());
    }

    [Theory]
    [InlineData("/otel/v1/traces", false)]
    [InlineData("/api/v1/otel", false)]
    [InlineData("/api/v1/otel/v1/traces", true)]
    public async Task Json_WithABrokenSpan_StoresTheRestAndCountsIt(string path, bool compress)
    {
        using var content = new ByteArrayContent(compress ? Gzip(Json) : Encoding.UTF8.GetBytes(Json));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (compress)
        {
            content.Headers.ContentEncoding.Add("gzip");
        }

        using var response = await server.Http.PostAsync(new Uri(path, UriKind.Relative), content, TestServer.Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var partial = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestServer.Cancellation)).GetProperty("partialSuccess");
        Assert.Equal("1", partial.GetProperty("rejectedSpans").GetString());
        var found = await server.PostAsync("/runs/query", new { trace = "5b8efff7-9803-8103-d269-b633813fc60c" });
        Assert.Equal("root", Assert.Single(found.GetProperty("runs").EnumerateArray()).GetProperty("name").GetString());
    }

    /// <summary>A client in hybrid mode sends each run twice: as a run, and as a span that carries the run's id.</summary>
    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Span_OfARunThatIsSentAsARunToo_IsTheSameRun(bool runFirst, bool protobuf)
    {
        var id = LangSmith.Uuid7.NewGuid();
        if (runFirst)
        {
            await server.CreateRunAsync(id: id);
        }

        var attributes = new Dictionary<string, object>
        {
            ["langsmith.trace.id"] = id.ToString(),
            ["langsmith.span.id"] = id.ToString(),
            ["langsmith.trace.session_name"] = "tests",
            ["langsmith.span.kind"] = "chain",
            ["gen_ai.completion"] = """{"answer":"because"}""",
        };
        await SpanSender.SendAsync(server, protobuf, "run", attributes);
        if (!runFirst)
        {
            await server.CreateRunAsync(id: id);
        }

        var run = await server.GetAsync($"/runs/{id}");
        Assert.Equal("why", run.GetProperty("inputs").GetProperty("question").GetString());
        Assert.Equal("because", run.GetProperty("outputs").GetProperty("answer").GetString());
        var trace = (await server.PostAsync("/runs/query", new { trace = id })).GetProperty("runs");
        Assert.Equal(id, Assert.Single(trace.EnumerateArray()).GetProperty("id").GetGuid());
    }

    [Theory]
    [InlineData("application/x-protobuf")]
    [InlineData("application/protobuf")]
    public async Task Body_InProtobuf_IsAnsweredUnderItsOwnType(string type)
    {
        using var content = new ByteArrayContent([]);
        content.Headers.ContentType = new(type);
        using var response = await server.Http.PostAsync(new Uri("/otel/v1/traces", UriKind.Relative), content, TestServer.Cancellation);

        Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    [Theory]
    [InlineData("application/x-protobuf", HttpStatusCode.BadRequest, "application/x-protobuf")]
    [InlineData("application/protobuf", HttpStatusCode.BadRequest, "application/protobuf")]
    [InlineData("application/json", HttpStatusCode.BadRequest, "application/problem+json")]
    [InlineData("text/plain", HttpStatusCode.UnsupportedMediaType, "application/problem+json")]
    public async Task Body_ThatIsNoSpans_IsRefusedInItsOwnEncoding(string type, HttpStatusCode expected, string answered)
    {
        using var content = new ByteArrayContent("nonsense"u8.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var response = await server.Http.PostAsync(new Uri("/otel/v1/traces", UriKind.Relative), content, TestServer.Cancellation);
        Assert.Equal((expected, answered), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        if (answered.EndsWith("protobuf", StringComparison.Ordinal))
        {
            // google.rpc.Status: INVALID_ARGUMENT, and a message.
            using var status = new CodedInputStream(await response.Content.ReadAsByteArrayAsync(TestServer.Cancellation));
            Assert.Equal((8u, 3), (status.ReadTag(), status.ReadInt32()));
            Assert.Equal(18u, status.ReadTag());
            Assert.NotEmpty(status.ReadString());
            Assert.True(status.IsAtEnd);
        }
    }

    private static byte[] Gzip(string text)
    {
        using var encoded = new MemoryStream();
        using (var gzip = new GZipStream(encoded, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return encoded.ToArray();
    }
}
