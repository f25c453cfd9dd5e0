using Microsoft.AspNetCore.RequestDecompression;
using ZstdSharp;

namespace LangSmith.Server.Api.Http;

/// <summary>Decodes <c>Content-Encoding: zstd</c>; the size limit of bodies holds for the decoded bytes too.</summary>
internal sealed class ZstdDecompression : IDecompressionProvider
{
    public Stream GetDecompressionStream(Stream stream) => new DecompressionStream(stream);
}
