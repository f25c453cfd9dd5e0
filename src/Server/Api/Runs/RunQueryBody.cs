using LangSmith.Server.Api.Http;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Api.Runs;

/// <summary>Reads the body of <c>POST /runs/query</c>.</summary>
internal static class RunQueryBody
{
    public static RunQuery Read(BodyFields body, WorkspaceId workspace, RunPayload payload) => new()
    {
        Workspace = workspace,
        Filter = RunConditions.Read(body),
        TraceFilter = RunConditions.IsByIds(body) ? null : FilterText.Parse("trace_filter", body.Text("trace_filter")),
        TreeFilter = RunConditions.IsByIds(body) ? null : FilterText.Parse("tree_filter", body.Text("tree_filter")),
        Ascending = string.Equals(body.Text("order"), "asc", StringComparison.OrdinalIgnoreCase),
        After = RunCursor.Parse(body.Text("cursor")),
        Limit = Math.Clamp(body.Number("limit") ?? 100, 1, LangSmith.Protocol.WireLimits.PageSizeMax),
        Payload = payload,
    };
}
