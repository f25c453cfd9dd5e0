using System.Threading.RateLimiting;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Datasets;
using LangSmith.Server.Api.Feedbacks;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Info;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Api.Operations;
using LangSmith.Server.Api.Otlp;
using LangSmith.Server.Api.Pages;
using LangSmith.Server.Api.Prices;
using LangSmith.Server.Api.Projects;
using LangSmith.Server.Api.Prompts;
using LangSmith.Server.Api.Queues;
using LangSmith.Server.Api.Runs;
using LangSmith.Server.Api.Settings;
using LangSmith.Server.Api.Sharing;
using LangSmith.Server.Api.Threads;
using LangSmith.Server.Curation.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.RateLimiting;

namespace LangSmith.Server.Api;

/// <summary>Puts the API into a web application.</summary>
public static class LangSmithApi
{
    internal const string PublicCors = "public";

    /// <summary>Adds what the API needs; stores, prices, retention, ingestion and data protection come from the host.</summary>
    public static IServiceCollection AddLangSmithApi(this IServiceCollection services, ApiOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<AttachmentLinks>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton(provider => new BrowserSessions(
            provider.GetRequiredService<KeyRing>(), provider.GetRequiredService<IDataProtectionProvider>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<WorkspaceRules>();
        services.AddSingleton<ExperimentStores>();
        services.AddRequestDecompression(decompression => decompression.DecompressionProviders.Add("zstd", new ZstdDecompression()));
        services.AddCors(cors => cors.AddPolicy(PublicCors, policy => policy.AllowAnyOrigin().AllowAnyHeader().AllowAnyMethod()));
        services.AddRateLimiter(limiter =>
        {
            limiter.AddConcurrencyLimiter(IngestEndpoints.RateLimiterPolicy, limit =>
            {
                limit.PermitLimit = options.IngestionsAtOnceMax;
                limit.QueueLimit = options.IngestionsWaitingMax;
                limit.QueueProcessingOrder = QueueProcessingOrder.OldestFirst;
            });
            limiter.OnRejected = async (rejection, _) =>
            {
                rejection.HttpContext.Response.Headers.RetryAfter = "2";
                await Problems.WriteAsync(rejection.HttpContext, StatusCodes.Status503ServiceUnavailable,
                    $"More than {options.IngestionsWaitingMax} ingestion requests wait already (limit IngestionsWaitingMax). Send again in 2 seconds.");
            };
        });
        return services;
    }

    /// <summary>Makes the rules hold that workspaces made before; before requests are taken.</summary>
    public static Task LoadLangSmithApiAsync(this IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<WorkspaceRules>().LoadAllAsync(cancellationToken);

    /// <summary>Adds the middleware that brings paths to one form, guards access and turns failures into problem bodies; before routing.</summary>
    public static IApplicationBuilder UseLangSmithApi(this IApplicationBuilder app) => app
        .UseMiddleware<ApiPathMiddleware>()
        .UseMiddleware<ProblemMiddleware>()
        .UseMiddleware<AccessMiddleware>();

    /// <summary>Adds the middleware that needs to know the endpoint; after routing.</summary>
    public static IApplicationBuilder UseLangSmithApiEndpoints(this IApplicationBuilder app) => app
        .UseCors()
        .UseRateLimiter()
        .UseMiddleware<ContentEncodingMiddleware>()
        .UseRequestDecompression();

    /// <summary>Maps every operation.</summary>
    public static IEndpointRouteBuilder MapLangSmithApi(this IEndpointRouteBuilder app)
    {
        var v1 = app.MapGroup("/api/v1");
        var v2 = app.MapGroup("/api/v2");
        InfoEndpoints.Map(v1);
        IngestEndpoints.Map(v1);
        OtlpEndpoints.Map(v1);
        RunEndpoints.Map(v1);
        AttachmentEndpoints.Map(v1);
        FeedbackEndpoints.Map(v1);
        FeedbackTokenEndpoints.Map(v1);
        FeedbackConfigEndpoints.Map(v1);
        ProjectEndpoints.Map(v1, v2);
        ProjectViewEndpoints.Map(v1);
        ProjectDashboardEndpoints.Map(v1);
        SettingsEndpoints.Map(v1);
        RetentionEndpoints.Map(v1);
        ModelPriceEndpoints.Map(v1);
        DatasetEndpoints.Map(v1, v2);
        DatasetVersionEndpoints.Map(v1);
        DatasetExportEndpoints.Map(v1);
        DatasetUploadEndpoints.Map(v1);
        DatasetShareEndpoints.Map(v1);
        ExampleEndpoints.Map(v1);
        ExampleMultipartEndpoints.Map(v1);
        ExampleValidationEndpoints.Map(v1);
        ExampleChangeEndpoints.Map(v1);
        DatasetCloneEndpoints.Map(v1);
        ExperimentEndpoints.Map(v1, v2);
        ExperimentComparisonEndpoints.Map(v1);
        ExperimentUploadEndpoints.Map(v1);
        QueueEndpoints.Map(v1);
        QueueRunEndpoints.Map(v1);
        QueueItemEndpoints.Map(v1);
        RepositoryEndpoints.Map(v1);
        CommitEndpoints.Map(v1);
        DirectoryEndpoints.Map(v1);
        RunShareEndpoints.Map(v1, v2);
        PublicEndpoints.Map(v1, v2);
        RunDeletionEndpoints.Map(v1);
        ApiKeyEndpoints.Map(v1);
        WorkspaceEndpoints.Map(v1);
        WorkspaceOverviewEndpoints.Map(v1);
        MemberEndpoints.Map(v1);
        WorkspaceShareEndpoints.Map(v1);
        RunLinkEndpoints.Map(v2);
        RunEndpointsV2.Map(v2);
        RunStatisticsEndpoints.Map(v1);
        ThreadEndpoints.Map(v2);
        ThreadGroupEndpoints.Map(v1);
        FilterEndpoints.Map(v1);
        PageEndpoints.Map(app);
        MissingOperations.Map(app);
        return app;
    }
}
