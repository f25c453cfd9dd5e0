using LangSmith.Server.Explore.Sharing;
using LangSmith.Server.Explore.Statistics;
using LangSmith.Server.Explore.Threads;
using Microsoft.Extensions.DependencyInjection;

namespace LangSmith.Server.Explore;

/// <summary>Puts the reading services into a service collection; the stores must be there too.</summary>
public static class ExploreRegistration
{
    public static IServiceCollection AddExplore(this IServiceCollection services) => services
        .AddSingleton<RunReading>()
        .AddSingleton<FigureReading>()
        .AddSingleton<ThreadReading>()
        .AddSingleton<SharedRuns>();
}
