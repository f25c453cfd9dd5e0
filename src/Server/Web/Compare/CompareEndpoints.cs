using LangSmith.Server.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LangSmith.Server.Web.Compare;

/// <summary>The page that shows two runs side by side.</summary>
internal static class CompareEndpoints
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/compare", async (HttpContext context, string? a, string? b, CompareReading reading) =>
        RunId.TryParse(a, out var id) && await reading.ReadAsync(context.Workspace(), id, (b ?? "").Trim(), context.RequestAborted) is { } model
            ? context.Page<ComparePage>(model)
            : (IResult)context.Page<MissingPage>($"No run is known as {Quoted.Of(a)}.", StatusCodes.Status404NotFound));
}
