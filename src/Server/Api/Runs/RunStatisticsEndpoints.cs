using LangSmith.Protocol;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore.Statistics;
using LangSmith.Server.Ingest.Json;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Api.Runs;

/// <summary>Figures over the runs that match a query, all together or by group.</summary>
internal static class RunStatisticsEndpoints
{
    private const int GroupsDefault = 5;
    private const int GroupsMax = 1_000;

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/runs/stats", async (HttpContext context, RunStatisticsReading reading) =>
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        if (body.Value("group_by") is not { } groupBy)
        {
            var query = Query(body, context.Workspace(), RunPayload.None);
            var all = await reading.OfAsync(query, null, context.RequestAborted);
            return JsonBody.Ok(writer => StatisticsJson.Write(writer, all.GetValueOrDefault("") ?? RunStatistics.Empty));
        }

        var group = new BodyFields(groupBy);
        var attribute = group.Required("attribute");
        var of = Groups(attribute, attribute == RunField.Metadata ? group.Required("path") : "");
        var payload = attribute == RunField.Metadata ? RunPayload.Extra : RunPayload.None;
        var groups = await reading.OfAsync(Query(body, context.Workspace(), payload), of, context.RequestAborted);
        var most = groups.OrderByDescending(g => g.Value.RunCount).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Take(Math.Clamp(group.Number("max_groups") ?? GroupsDefault, 1, GroupsMax));
        return JsonBody.Ok(writer =>
        {
            writer.WriteStartObject();
            foreach (var (name, statistics) in most)
            {
                writer.WritePropertyName(name);
                StatisticsJson.Write(writer, statistics);
            }

            writer.WriteEndObject();
        });
    });

    private static RunQuery Query(BodyFields body, WorkspaceId workspace, RunPayload payload) =>
        RunQueryBody.Read(body, workspace, payload) with { After = null };

    private static Func<RunRecord, IEnumerable<string>> Groups(string attribute, string path) => attribute switch
    {
        "name" => run => [run.Name],
        "run_type" => run => [run.RunType],
        "tag" => run => run.Tags.Distinct(StringComparer.Ordinal),
        RunField.Metadata => run => MetadataValue(run, path) is { } value ? [value] : [],
        _ => throw ProblemException.Invalid($"'group_by.attribute' is '{attribute}'; give name, run_type, tag or metadata."),
    };

    private static string? MetadataValue(RunRecord run, string key)
    {
        if (run.Extra.IsEmpty)
        {
            return null;
        }

        using var extra = LenientJson.Parse(run.Extra);
        return extra.RootElement.TryGetProperty(RunField.Metadata, out var metadata) && metadata.ValueKind == System.Text.Json.JsonValueKind.Object
            && metadata.TryGetProperty(key, out var value)
            ? LenientJson.Text(value)
            : null;
    }
}
