using LangSmith.Server.Web.Datasets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LangSmith.Server.Web.Experiments;

/// <summary>The page to which <c>evaluate</c> of the SDKs links.</summary>
internal static class ExperimentEndpoints
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/datasets/{id:guid}/compare", async (HttpContext context, Guid id, ComparisonReading reading) =>
            await reading.ReadAsync(context.Workspace(), id, ComparisonAddress.Read(context.Request.Query), context.RequestAborted) is { } model
                ? context.Page<ComparePage>(model)
                : DatasetEndpoints.Missing(context, id));
}
