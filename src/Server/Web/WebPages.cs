using LangSmith.Server.Web.Access;
using LangSmith.Server.Web.Assets;
using LangSmith.Server.Web.Collect;
using LangSmith.Server.Web.Compare;
using LangSmith.Server.Web.Dashboards;
using LangSmith.Server.Web.Datasets;
using LangSmith.Server.Web.Experiments;
using LangSmith.Server.Web.Feedbacks;
using LangSmith.Server.Web.Payloads;
using LangSmith.Server.Web.Projects;
using LangSmith.Server.Web.Prompts;
using LangSmith.Server.Web.Queues;
using LangSmith.Server.Web.Runs;
using LangSmith.Server.Web.Search;
using LangSmith.Server.Web.Settings;
using LangSmith.Server.Web.Shell;
using LangSmith.Server.Web.Threads;
using LangSmith.Server.Web.Traces;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LangSmith.Server.Web;

/// <summary>Puts the pages into a web application.</summary>
public static class WebPages
{
    /// <summary>
    /// Adds what the pages need; the reading services, the stores and <see cref="IPageAccess"/> come from the host.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="workspace">Whose data a request sees.</param>
    public static IServiceCollection AddPages(this IServiceCollection services, RequestWorkspaceReader workspace)
    {
        services.AddSingleton(workspace);
        services.AddRazorComponents();
        services.AddSingleton<TraceReading>().AddSingleton<TraceShelf>().AddSingleton<RunsReading>().AddSingleton<Suggestions>()
            .AddSingleton<ThreadsReading>().AddSingleton<DashboardReading>().AddSingleton<FeedbackOverTime>()
            .AddSingleton<ProjectsReading>().AddSingleton<IdLookup>().AddSingleton<NameSearch>().AddSingleton<CompareReading>()
            .AddSingleton<AttemptLimit>().AddSingleton<DatasetsReading>().AddSingleton<ComparisonReading>()
            .AddSingleton<QueuesReading>().AddSingleton<PromptsReading>()
            .AddSingleton<SettingsReading>();
        return services;
    }

    /// <summary>Maps every page, fragment and file.</summary>
    public static IEndpointRouteBuilder MapPages(this IEndpointRouteBuilder app)
    {
        AssetEndpoints.Map(app);
        AccessEndpoints.Map(app);
        ProjectEndpoints.Map(app);
        RunsEndpoints.Map(app);
        TraceEndpoints.Map(app);
        PublicTraceEndpoints.Map(app);
        CollectEndpoints.Map(app);
        CompareEndpoints.Map(app);
        ThreadEndpoints.Map(app);
        DashboardEndpoints.Map(app);
        SearchEndpoints.Map(app);
        DatasetEndpoints.Map(app);
        ExperimentEndpoints.Map(app);
        QueueEndpoints.Map(app);
        PromptEndpoints.Map(app);
        SettingsEndpoints.Map(app);
        FeedbackEndpoints.Map(app);
        FileEndpoints.Map(app);
        app.MapGet("{*path}", (HttpContext context) => context.Page<MissingPage>("There is no page at this address.", StatusCodes.Status404NotFound))
            .WithOrder(int.MaxValue);
        return app;
    }
}
