using System.Net;
using LangSmith;
using LangSmith.AspNetCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers LangSmith in an application's services.</summary>
public static class LangSmithServiceCollectionExtensions
{
    /// <summary>The name of the HTTP client that talks to LangSmith, for applications that want another handler or a proxy for it.</summary>
    public const string HttpClientName = "LangSmith";

    /// <summary>
    /// Registers <see cref="LangSmithTracer"/> and <see cref="LangSmithClient"/>, both for the lifetime of the application.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Changes the options last; null for nothing.</param>
    /// <returns>The same services.</returns>
    /// <remarks>
    /// <para>Options come from the configuration section <c>LangSmith</c>, then <paramref name="configure"/>; what neither says comes from
    /// the environment (<c>LANGSMITH_*</c>). Logging, the clock and the HTTP client are the application's own.</para>
    /// <para>When the host starts, the tracer becomes <see cref="LangSmithTracer.Default"/>, so that <see cref="Traceable"/> and
    /// <c>[Traceable]</c> use it everywhere. When the host has stopped, what is still queued is sent, for at most
    /// <c>Export.ShutdownTimeout</c>. Calling it again only adds to the options.</para>
    /// <para>A value that cannot be read stops the host from starting, with an <see cref="ArgumentException"/> that names it.</para>
    /// </remarks>
    public static IServiceCollection AddLangSmith(this IServiceCollection services, Action<LangSmithOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
        {
            services.PostConfigure(configure);
        }

        if (services.Any(service => service.ServiceType == typeof(LangSmithTracer)))
        {
            return services;
        }

        services.AddOptions<LangSmithOptions>().Configure<IServiceProvider>(Fill);
        services.AddHttpClient(HttpClientName)
            .ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(CreateHandler)
            // One client serves the tracer for as long as it lives; connections are renewed by the handler itself.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // The factory's loggers say four lines a request, and headers, the key among them, at trace level.
            .RemoveAllLoggers();
        services.TryAddSingleton(provider => new LangSmithTracer(provider.GetRequiredService<IOptions<LangSmithOptions>>().Value));
        services.TryAddSingleton(provider => new LangSmithClient(
            provider.GetRequiredService<IOptions<LangSmithOptions>>().Value, provider.GetRequiredService<LangSmithTracer>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TracerLifetime>());
        return services;
    }

    private static void Fill(LangSmithOptions options, IServiceProvider provider)
    {
        if (provider.GetService<IConfiguration>() is { } configuration)
        {
            options.Read(configuration.GetSection(LangSmithConfiguration.SectionName));
        }

        options.LoggerFactory = provider.GetService<ILoggerFactory>();
        options.Time = provider.GetService<TimeProvider>() ?? TimeProvider.System;
        options.HttpClient = provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName);
    }

    private static SocketsHttpHandler CreateHandler() => new()
    {
        // Our own calls are neither traced nor given propagation headers: with tracing on they would trace themselves for ever.
        ActivityHeadersPropagator = null,
        // HttpClient repeats x-api-key to wherever it is redirected.
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };
}
