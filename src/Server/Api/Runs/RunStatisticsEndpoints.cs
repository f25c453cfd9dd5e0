using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore.Statistics;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Api.Runs;

/// <summary>Figures over the runs that match a query, all together or by group.</summary>
internal static class RunStatisticsEndpoints
{
    private const int GroupsDefault = 5;
    private const int GroupsMax = 1_000;

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/runs/stats", async (HttpContext context, FigureReading reading) =>
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var runs = RunQueryBody.Read(body, context.Workspace(), RunPayload.None);
        var query = Query(runs, isRoot: body.Flag("is_root") == true);
        if (body.Value("group_by") is not { } groupBy)
        {
            var all = await reading.OfAsync(query, context.RequestAborted);
            return JsonBody.Ok(writer => StatisticsJson.Write(writer, all));
        }

        var group = new BodyFields(groupBy);
        var groups = await reading.GroupsAsync(
            query with { GroupBy = Grouping(group), GroupsMax = Math.Clamp(group.Number("max_groups") ?? GroupsDefault, 1, GroupsMax) },
            context.RequestAborted);
        return JsonBody.Ok(writer =>
        {
            writer.WriteStartObject();
            foreach (var figures in groups)
            {
                writer.WritePropertyName(figures.Group!);
                StatisticsJson.Write(writer, new ReadFigures(figures, null));
            }

            writer.WriteEndObject();
        });
    });

    /// <summary>Roots stand for their traces, other runs for themselves: either way each call of a model counts once.</summary>
    private static RunStatisticsQuery Query(RunQuery runs, bool isRoot) => new()
    {
        Workspace = runs.Workspace,
        Filter = runs.Filter,
        TraceFilter = runs.TraceFilter,
        TreeFilter = runs.TreeFilter,
        IsRoot = isRoot ? true : null,
        WholeTraces = isRoot,
    };

    private static RunGrouping Grouping(BodyFields group) => group.Required("attribute") switch
    {
        "name" => new RunGrouping(RunAttribute.Name),
        "run_type" => new RunGrouping(RunAttribute.RunType),
        "tag" => new RunGrouping(RunAttribute.Tag),
        "metadata" => new RunGrouping(RunAttribute.Metadata, group.Required("path")),
        var other => throw ProblemException.Invalid($"'group_by.attribute' is '{other}'; give name, run_type, tag or metadata."),
    };
}
