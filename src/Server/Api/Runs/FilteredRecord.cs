using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Domain;
using LangSmith.Server.Domain.Digest;
using LangSmith.Server.Domain.Folding;
using LangSmith.Server.Domain.Pricing;
using LangSmith.Server.Query.Evaluation;

namespace LangSmith.Server.Api.Runs;

/// <summary>Shows filters something else than a run as if it were one: the language is the same for examples, datasets and projects.</summary>
internal sealed record FilteredRecord
{
    public required WorkspaceId Workspace { get; init; }

    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset StartTime { get; init; }

    public DateTimeOffset? EndTime { get; init; }

    public ReadOnlyMemory<byte> Inputs { get; init; }

    public ReadOnlyMemory<byte> Outputs { get; init; }

    public JsonNode? Metadata { get; init; }

    public Guid? ReferenceDatasetId { get; init; }

    public RunSubject ToSubject()
    {
        var write = new RunWrite
        {
            Workspace = Workspace,
            RunId = Id,
            Kind = RunWriteKind.Post,
            ContentHash = 0,
            ReceivedAt = StartTime,
            StartTime = StartTime,
            EndTime = EndTime,
            Name = Name,
            Inputs = Inputs,
            Outputs = Outputs,
            Extra = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["metadata"] = Metadata?.DeepClone() }),
        };
        var folded = RunFold.Fold([new JournalEntry(1, write, PayloadDigest.Of(write))], Id, PriceList.BuiltIn);
        return new RunSubject
        {
            Run = folded.Record with { Inputs = Inputs, Outputs = Outputs, Extra = write.Extra },
            IsRoot = true,
            Metadata = folded.Metadata,
            ReferenceDatasetId = ReferenceDatasetId,
        };
    }
}
