using System.Text.Json;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Explore;
using LangSmith.Server.Ingest.Json;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Api.Runs;

/// <summary>Deletes traces. What comes later for them is accepted and dropped.</summary>
internal static class RunDeletionEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/runs/delete", DeleteAsync);
        api.MapPost("/runs/delete/traces", DeleteAsync);
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, IRunStore runs, RunReading reading)
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var traces = body.Ids("trace_ids").ToList();
        if (body.Value("metadata") is { ValueKind: JsonValueKind.Object } metadata)
        {
            traces.AddRange(await MatchingAsync(context, body, metadata, reading));
        }
        else if (traces.Count == 0)
        {
            throw ProblemException.Invalid("Give 'trace_ids' or 'metadata'.");
        }

        var deleted = await runs.DeleteTracesAsync(context.Workspace(), traces, context.RequestAborted);
        return new JsonBody(StatusCodes.Status202Accepted, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("message", "Traces deleted");
            writer.WriteNumber("runs", deleted);
            writer.WriteEndObject();
        });
    }

    private static async Task<List<Guid>> MatchingAsync(HttpContext context, BodyFields body, JsonElement metadata, RunReading reading)
    {
        var filter = new RunFilterBuilder()
            .OneOf(RunProperty.ProjectId, body.Ids("session_id"))
            .Equal(RunProperty.IsRoot, true);
        foreach (var property in metadata.EnumerateObject())
        {
            var values = property.Value.ValueKind == JsonValueKind.Array ? property.Value.EnumerateArray().ToArray() : [property.Value];
            filter.Add(new RunFilter.HasEntry(EntryFamily.Metadata,
            [
                new EntryTest(EntryPart.Key, new ValueTest.Compare(Comparison.Equal, property.Name)),
                new EntryTest(EntryPart.Value, new ValueTest.OneOf([.. values.Select(value => (FilterValue)LenientJson.Text(value))])),
            ]));
        }

        var query = new RunQuery { Workspace = context.Workspace(), Filter = filter.Build(), Payload = Domain.RunPayload.None };
        return await reading.AllAsync(query, context.RequestAborted).Select(run => run.TraceId).ToListAsync(context.RequestAborted);
    }
}
