using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LangSmith.Server.Web.Assets;

/// <summary>Serves scripts, styles, fonts and icons.</summary>
internal static class AssetEndpoints
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/assets/{hash}/{**file}", (HttpContext context, string hash, string file) =>
    {
        if (AssetBundle.Find(file) is not { } bytes)
        {
            return Results.NotFound();
        }

        // An old page asks with an old hash: it gets the new file, but does not keep it.
        context.Response.Headers.CacheControl = AssetBundle.Root.EndsWith(hash, StringComparison.Ordinal)
            ? "public, max-age=31536000, immutable"
            : "no-cache";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(bytes, AssetBundle.TypeOf(file));
    });
}
