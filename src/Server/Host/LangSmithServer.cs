using LangSmith.Server.Api;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Curation.Settings;
using LangSmith.Server.Domain;
using LangSmith.Server.Domain.Pricing;
using LangSmith.Server.Explore;
using LangSmith.Server.Ingest;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Sqlite;
using LangSmith.Server.Web;
using LangSmith.Server.Web.Access;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.HostFiltering;

namespace LangSmith.Server;

/// <summary>A running server: the API, the pages and the store in one process.</summary>
/// <remarks>Disposing it finishes the requests in flight, flushes and closes the store.</remarks>
public sealed class LangSmithServer : IAsyncDisposable
{
    internal const string KeyFolder = "keys";

    private readonly WebApplication _app;
    private readonly DataFolderLock _folder;

    private LangSmithServer(WebApplication app, DataFolderLock folder, Uri url) => (_app, _folder, Url) = (app, folder, url);

    /// <summary>Where it listens, with the real port.</summary>
    public Uri Url { get; }

    /// <summary>What it is made of.</summary>
    internal IServiceProvider Services => _app.Services;

    /// <summary>Starts a server inside this process and returns when it takes requests.</summary>
    /// <exception cref="ServerStartException">The options cannot be; the message says what to change.</exception>
    public static Task<LangSmithServer> StartAsync(LangSmithServerOptions options, CancellationToken cancellationToken = default) =>
        StartAsync(options, ownsProcess: false, cancellationToken);

    /// <summary>Starts a server; one that owns the process stops at SIGTERM and Ctrl+C.</summary>
    internal static async Task<LangSmithServer> StartAsync(LangSmithServerOptions options, bool ownsProcess, CancellationToken cancellationToken)
    {
        ListenAddresses.Check(options);
        var folder = DataFolderLock.Take(Path.GetFullPath(options.DataFolder));
        WebApplication? app = null;
        try
        {
            app = Build(options, ownsProcess);
            OpenStore(app);
            await DefaultProject.EnsureAsync(app.Services.GetRequiredService<ICatalogue>(), WorkspaceId.Default, options.Time, cancellationToken);
            await app.Services.LoadLangSmithApiAsync(cancellationToken);
            await ListenAsync(app, cancellationToken);
        }
        catch
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }

            folder.Dispose();
            throw;
        }

        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new LangSmithServer(app, folder, new Uri(address));
    }

    private static void OpenStore(WebApplication app)
    {
        try
        {
            app.Services.GetRequiredService<ICatalogue>();
        }
        catch (StoreOpenException exception)
        {
            throw new ServerStartException(exception.Message, exception);
        }
    }

    private static async Task ListenAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new ServerStartException($"{exception.Message} Stop what listens there, or give another address with --urls.", exception);
        }
    }

    /// <summary>Waits until the process is asked to stop, and stops.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) => _app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private static WebApplication Build(LangSmithServerOptions options, bool ownsProcess)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(LangSmithServer).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseUrls(options.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.Limits.BodyBytesMax;
        });
        ConfigureLogging(builder.Logging, options);
        ConfigureServices(builder.Services, options);
        if (!ownsProcess)
        {
            builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        }

        var app = builder.Build();
        if (options.ApiKey is null)
        {
            // Else a page of another site could reach this server under a name of its own (DNS rebinding).
            app.UseHostFiltering();
        }

        if (options.PublicUrl is { } url)
        {
            app.UsePublicUrl(url);
        }

        app.UseLangSmithApi();
        app.UseRouting();
        app.UseLangSmithApiEndpoints();
        app.MapLangSmithApi();
        BackupEndpoint.Map(app, Path.GetFullPath(options.DataFolder));
        app.MapPages();
        return app;
    }

    private static void ConfigureServices(IServiceCollection services, LangSmithServerOptions options)
    {
        var folder = Path.GetFullPath(options.DataFolder);
        services.AddSingleton(options.Time);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        services.Configure<HostFilteringOptions>(filtering =>
            filtering.AllowedHosts = ["localhost", "127.0.0.1", "[::1]", .. options.AllowedHosts, .. PublicHosts(options)]);
        services.AddDataProtection().SetApplicationName("LangSmith.Server").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(folder, KeyFolder)));
        services.AddSingleton(new PriceBook());
        services.AddSingleton(options.Retention);
        services.AddSqliteStore(options.Store with { DataFolder = folder, Retention = options.Retention });
        services.AddIngestion(options.Limits);
        services.AddExplore();
        services.AddLangSmithApi(options.Api with { ApiKey = options.ApiKey });
        services.AddSingleton<IPageAccess, PageAccess>();
        services.AddPages(RequestWorkspace.Workspace);
    }

    private static string[] PublicHosts(LangSmithServerOptions options) => options.PublicUrl is { } url ? [url.IdnHost] : [];

    private static void ConfigureLogging(ILoggingBuilder logging, LangSmithServerOptions options)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
            console.UseUtcTimestamp = true;
        });
        logging.SetMinimumLevel(options.Verbose ? LogLevel.Information : LogLevel.Warning);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // What fails in starting and stopping is thrown to who asked for it; here it would stand a second time, with its stack.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        // It warns that keys lie unencrypted in the data folder, where the runs lie unencrypted too.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }
}
