using LangSmith.Server.Domain;

namespace LangSmith.Server.Api.Json;

/// <summary>Makes the links that answers carry: to runs' pages and, signed and limited in time, to attachments.</summary>
internal sealed class RunLinks(Uri origin, AttachmentLinks attachments)
{
    public static string AppPath(RunRecord run) =>
        $"/o/{run.Workspace.Value}/projects/p/{run.ProjectId}/r/{run.Id}" +
        $"?trace_id={run.TraceId}&start_time={Uri.EscapeDataString(WireWriting.Text(run.StartTime))}";

    public string Page(RunRecord run) => new Uri(origin, AppPath(run)).AbsoluteUri;

    /// <summary>The page of a shared run, for anybody.</summary>
    public string Shared(Guid token) => new Uri(origin, $"/public/{token}/r").AbsoluteUri;

    public string Attachment(RunAttachment attachment) => new Uri(origin, $"/api/v1/attachments/{attachments.Sign(attachment)}").AbsoluteUri;
}
