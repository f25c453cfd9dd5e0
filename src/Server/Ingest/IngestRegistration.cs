using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LangSmith.Server.Ingest;

/// <summary>Puts ingestion into a service collection; the stores must be there too.</summary>
public static class IngestRegistration
{
    public static IServiceCollection AddIngestion(this IServiceCollection services, IngestLimits limits)
    {
        services.AddSingleton(limits);
        services.TryAddSingleton(TimeProvider.System);
        return services.AddSingleton<Ingestion>();
    }
}
