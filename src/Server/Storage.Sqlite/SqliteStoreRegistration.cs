using LangSmith.Server.Domain.Pricing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LangSmith.Server.Storage.Sqlite;

/// <summary>Puts the stores of one data folder into a service collection; they close with it. The price book comes from the host.</summary>
public static class SqliteStoreRegistration
{
    public static IServiceCollection AddSqliteStore(this IServiceCollection services, SqliteStoreOptions options) =>
        services
            .AddSingleton(provider => SqliteStore.Open(
                options, provider.GetRequiredService<PriceBook>(), provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<SqliteStore>>()))
            .AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Runs)
            .AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Catalogue)
            .AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Blobs)
            .AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Documents)
            .AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Examples)
            .AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Statistics)
            .AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Room);
}
