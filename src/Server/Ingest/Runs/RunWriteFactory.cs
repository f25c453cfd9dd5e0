using System.Text.Json;
using LangSmith.Protocol;
using LangSmith.Server.Domain;

namespace LangSmith.Server.Ingest.Runs;

/// <summary>Makes a write of a draft: reads its fields forgivingly and keeps what it cannot read as unknown.</summary>
internal static class RunWriteFactory
{
    /// <summary>Derived by the server, or a copy of other runs; of no use in the journal.</summary>
    private static readonly string[] s_ignored = [RunField.Id, RunField.Status, RunField.Attachments, "child_runs"];

    /// <summary>Returns null when the draft is refused, and says why on it.</summary>
    public static RunWrite? Create(RunDraft draft, RequestContext context, DateTimeOffset receivedAt, IngestLimits limits)
    {
        if (!RunId.TryParse(draft.Id, out var id) || id == Guid.Empty)
        {
            draft.Refuse(
                $"'{Shorten(draft.Id)}' is no run id. Give a UUID, best of version 7; " +
                "keep a key of your own in the metadata or derive a UUID from it.");
        }

        var runTypeGiven = draft.Fields.ContainsKey(RunField.RunType);
        // The hash is of what was given, before anything is derived or taken out.
        var hash = draft.Hash();
        using var unknown = new UnknownFields();
        var fields = new FieldReader(draft, unknown, limits);
        var runType = fields.Text(RunField.RunType)?.ToLowerInvariant();
        if (runTypeGiven && runType is not null && !RunTypes.All.Contains(runType))
        {
            draft.Refuse($"'{Shorten(runType)}' is no run type. Give one of {string.Join(", ", RunTypes.All.Order(StringComparer.Ordinal))}.");
        }

        var write = new RunWrite
        {
            Workspace = context.Workspace,
            RunId = id,
            Kind = draft.Kind,
            ContentHash = hash,
            ReceivedAt = receivedAt,
            Sender = context.Sender is { Length: > 200 } sender ? sender[..200] : context.Sender,
            TraceId = fields.Id(RunField.TraceId),
            DottedOrder = fields.DottedOrder(),
            ParentRunId = fields.Id(RunField.ParentRunId),
            Name = fields.Name(RunField.Name),
            RunType = runType,
            StartTime = fields.Time(RunField.StartTime),
            EndTime = fields.Time(RunField.EndTime),
            Error = fields.Text(RunField.Error),
            ProjectId = fields.Id(RunField.SessionId),
            ProjectName = fields.Name(RunField.SessionName),
            ReferenceExampleId = fields.Id(RunField.ReferenceExampleId),
            Tags = fields.Tags(),
            Inputs = draft.Take(RunField.Inputs),
            Outputs = draft.Take(RunField.Outputs),
            Extra = fields.OfKind(RunField.Extra, JsonValueKind.Object),
            Events = fields.OfKind(RunField.Events, JsonValueKind.Array),
            Serialized = draft.Take(RunField.Serialized),
            Attachments = draft.Attachments.Count == 0 ? null : draft.Attachments,
        };
        foreach (var name in s_ignored)
        {
            draft.Take(name);
        }

        foreach (var (name, json) in draft.Fields)
        {
            unknown.Add(name, json);
        }

        return draft.Refusal is null ? write with { Unknown = unknown.Complete() } : null;
    }

    private static string Shorten(string text) => text.Length <= 100 ? text : string.Concat(text.AsSpan(0, 100), "…");
}
