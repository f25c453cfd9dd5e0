using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Api.Runs;
using LangSmith.Server.Api.Settings;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore.Statistics;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Api.Projects;

/// <summary>Projects, "sessions" on the wire.</summary>
internal static class ProjectEndpoints
{
    private const int RetentionDaysMax = 36_500;

    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder v2)
    {
        api.MapGet("/sessions", ListAsync);
        v2.MapGet("/sessions", ListV2Async);
        api.MapPost("/sessions", CreateAsync);
        api.MapGet("/sessions/{sessionId}", async (HttpContext context, string sessionId, ICatalogue catalogue, FigureReading statistics) =>
            await ShowAsync(context, [await FindAsync(context, sessionId, catalogue)], asList: false, statistics));
        api.MapPatch("/sessions/{sessionId}", UpdateAsync);
        api.MapDelete("/sessions/{sessionId}", async (HttpContext context, string sessionId, ICatalogue catalogue) =>
            await DeleteAsync(context, [RequestValues.ParseId("session_id", sessionId)], catalogue));
        api.MapDelete("/sessions", async (HttpContext context, ICatalogue catalogue) =>
            await DeleteAsync(context, new RequestValues(context.Request).Ids("session_ids"), catalogue));
    }

    private static async Task<IResult> ListAsync(HttpContext context, ICatalogue catalogue, FigureReading statistics)
    {
        var values = new RequestValues(context.Request);
        var query = ProjectList.Query(context) with
        {
            ReferenceFree = values.Flag("reference_free"),
            ReferenceDatasetIds = values.Ids("reference_dataset"),
        };
        var list = new ProjectList(values, query, ProjectOrder.Read(values, values.Flag("sort_by_desc") ?? true));
        var projects = await list.ReadAsync(values.Offset, values.Limit, catalogue, statistics, context.RequestAborted);
        return await ShowAsync(context, projects, asList: true, statistics);
    }

    /// <summary>The same of the second version: by cursor, with kinds of projects.</summary>
    private static async Task<IResult> ListV2Async(HttpContext context, ICatalogue catalogue, FigureReading statistics)
    {
        var values = new RequestValues(context.Request);
        var types = values.List("type").Select(type => type.ToUpperInvariant()).ToHashSet();
        var datasets = values.Ids("reference_dataset_id");
        var query = ProjectList.Query(context) with
        {
            ReferenceFree = types.Count == 0 || (types.Contains(ProjectJson.PlainType) && types.Contains(ProjectJson.ExperimentType))
                ? null
                : types.Contains(ProjectJson.PlainType),
            ReferenceDatasetIds = datasets,
        };
        var list = new ProjectList(values, query, ProjectOrder.Read(values, values.Text("sort_order")?.ToLowerInvariant() != "asc"));
        var (offset, size) = (OffsetCursor.Parse(values.Text("cursor")), values.Number("page_size", 20, 1, 100));
        var page = await list.ReadAsync(offset, size + 1, catalogue, statistics, context.RequestAborted);
        var shown = page.Take(size).ToList();
        var figures = await FiguresAsync(values, shown, statistics, context.RequestAborted);
        return RunEndpointsV2.Page(
            shown, OffsetCursor.Print(page.Count > size ? offset + size : null),
            (writer, project) => ProjectJson.WriteV2(writer, project, figures.GetValueOrDefault(project.Id)));
    }

    /// <summary>Shows projects, with their figures when asked for.</summary>
    private static async Task<IResult> ShowAsync(
        HttpContext context, IReadOnlyList<Project> projects, bool asList, FigureReading reading)
    {
        var statistics = await FiguresAsync(new RequestValues(context.Request), projects, reading, context.RequestAborted);
        return JsonBody.Ok(writer =>
        {
            if (asList)
            {
                writer.WriteStartArray();
            }

            foreach (var project in projects)
            {
                ProjectJson.Write(writer, project, statistics.GetValueOrDefault(project.Id));
            }

            if (asList)
            {
                writer.WriteEndArray();
            }
        });
    }

    private static async Task<Dictionary<Guid, ReadFigures>> FiguresAsync(
        RequestValues values, IReadOnlyList<Project> projects, FigureReading reading, CancellationToken cancellationToken)
    {
        var figures = new Dictionary<Guid, ReadFigures>();
        if (values.Flag("include_stats") == true)
        {
            foreach (var project in projects)
            {
                figures[project.Id] = await reading.OfProjectAsync(project.Workspace, project.Id, values.Time("stats_start_time"), cancellationToken);
            }
        }

        return figures;
    }

    private static async Task<IResult> CreateAsync(HttpContext context, ICatalogue catalogue, TimeProvider time)
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var wanted = new Project
        {
            Id = body.Id("id") ?? Uuid7.NewGuid(time.GetUtcNow()),
            Workspace = context.Workspace(),
            Name = body.Text("name") is { Length: > 0 } name ? name : "default",
            StartTime = body.Time("start_time") ?? time.GetUtcNow(),
            EndTime = body.Time("end_time"),
            Description = body.Text("description"),
            Extra = body.Raw("extra"),
            ReferenceDatasetId = body.Id("reference_dataset_id"),
            DefaultDatasetId = body.Id("default_dataset_id"),
            TraceTier = RetentionEndpoints.ReadTier(body, "trace_tier"),
            Retention = Retention(body, null),
        };
        var (project, created) = await catalogue.CreateProjectAsync(wanted, context.RequestAborted);
        if (created)
        {
            return Show(project);
        }

        if (new RequestValues(context.Request).Flag("upsert") != true)
        {
            throw ProblemException.Conflict($"Session already exists: '{project.Name}' has id '{project.Id}'. Send upsert=true to update it.");
        }

        return Show(await catalogue.UpdateProjectAsync(Change(project, body), context.RequestAborted) ?? project);
    }

    private static async Task<IResult> UpdateAsync(HttpContext context, string sessionId, ICatalogue catalogue)
    {
        var project = await FindAsync(context, sessionId, catalogue);
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var changed = Change(project, body);
        if (body.Text("name") is { Length: > 0 } name && name != project.Name)
        {
            if (await catalogue.FindProjectAsync(project.Workspace, name, context.RequestAborted) is { } other)
            {
                throw ProblemException.Conflict($"Session already exists: '{name}' has id '{other.Id}'. Choose another name.");
            }

            changed = changed with { Name = name };
        }

        return Show(await catalogue.UpdateProjectAsync(changed, context.RequestAborted)
            ?? throw ProblemException.NotFound("Session", project.Id));
    }

    /// <summary>Null means unchanged.</summary>
    private static Project Change(Project project, BodyFields body) => project with
    {
        EndTime = body.Time("end_time") ?? project.EndTime,
        Description = body.Text("description") ?? project.Description,
        Extra = body.Raw("extra") is { IsEmpty: false } extra ? extra : project.Extra,
        DefaultDatasetId = body.Id("default_dataset_id") ?? project.DefaultDatasetId,
        TraceTier = RetentionEndpoints.ReadTier(body, "trace_tier") ?? project.TraceTier,
        Retention = Retention(body, project.Retention),
    };

    /// <summary>Our own property: days from a run's start to its removal, beside which the tier does not matter; 0 leaves it to the tier.</summary>
    private static TimeSpan? Retention(BodyFields body, TimeSpan? present) => body.Number("retention_days") switch
    {
        null => present,
        0 => null as TimeSpan?,
        > 0 and <= RetentionDaysMax and var days => TimeSpan.FromDays(days),
        var days => throw ProblemException.Invalid($"'retention_days' is {days}; give 0 to {RetentionDaysMax}."),
    };

    private static async Task<IResult> DeleteAsync(HttpContext context, IReadOnlyList<Guid> ids, ICatalogue catalogue)
    {
        var missing = new List<Guid>();
        foreach (var id in ids)
        {
            if (!await catalogue.DeleteProjectAsync(context.Workspace(), id, context.RequestAborted))
            {
                missing.Add(id);
            }
        }

        return missing.Count > 0
            ? throw ProblemException.NotFound("Session", string.Join(", ", missing))
            : JsonBody.Message("Session deleted", StatusCodes.Status202Accepted);
    }

    /// <summary>Finds the project that a path names.</summary>
    public static async Task<Project> FindAsync(HttpContext context, string sessionId, ICatalogue catalogue)
    {
        var id = RequestValues.ParseId("session_id", sessionId);
        return await catalogue.FindProjectAsync(context.Workspace(), id, context.RequestAborted) ?? throw ProblemException.NotFound("Session", id);
    }

    private static JsonBody Show(Project project) => JsonBody.Ok(writer => ProjectJson.Write(writer, project));
}
