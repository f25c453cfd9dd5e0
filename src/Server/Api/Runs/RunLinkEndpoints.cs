using System.Text.Json.Nodes;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Api.Runs;

/// <summary>The link to a run's page, by its id alone.</summary>
internal static class RunLinkEndpoints
{
    public static void Map(IEndpointRouteBuilder v2) => v2.MapGet("/runs/{runId}/url", async (HttpContext context, string runId, IRunStore runs) =>
    {
        var id = RequestValues.ParseId("run_id", runId);
        var run = await runs.FindAsync(context.Workspace(), id, RunPayload.None, context.RequestAborted) ?? throw ProblemException.NotFound("Run", id);
        return JsonBody.Of(new JsonObject { ["url"] = context.Links().Page(run) });
    });
}
