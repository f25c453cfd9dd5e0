using System.Net;

namespace LangSmith.Sdk.Bench.Calls;

/// <summary>A server that takes everything at once: what is left is the SDK's own work.</summary>
internal sealed class DiscardingHandler : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } content)
        {
            await content.CopyToAsync(Stream.Null, cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.Accepted);
        }

        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent("""{"batch_ingest_config":{"use_multipart_endpoint":true},"instance_flags":{"zstd_compression_enabled":true}}"""),
        };
    }
}
