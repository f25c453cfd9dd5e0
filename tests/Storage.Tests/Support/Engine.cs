using LangSmith.Server.Storage.Documents;
using LangSmith.Server.Storage.Examples;
using LangSmith.Server.Storage.Statistics;
using Microsoft.Extensions.Time.Testing;

namespace LangSmith.Server.Storage.Tests.Support;

/// <summary>An engine under the contract: its stores, opened on a folder of their own.</summary>
public abstract class Engine : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public string Folder { get; } = Directory.CreateTempSubdirectory("langsmith-store-").FullName;

    public FakeTimeProvider Time { get; } = new(Now);

    public abstract IRunStore Runs { get; }

    public abstract ICatalogue Catalogue { get; }

    public abstract IBlobStore Blobs { get; }

    public abstract IDocumentStore Documents { get; }

    public abstract IExampleStore Examples { get; }

    public abstract IRunStatistics Statistics { get; }

    public abstract Task OpenAsync();

    public abstract Task CloseAsync();

    /// <summary>Waits until what the engine derives in the background is there.</summary>
    public abstract Task SettleAsync();

    /// <summary>Lets time pass, and the engine do what it does from time to time.</summary>
    public abstract Task PassAsync(TimeSpan time);

    /// <summary>Closes the stores and opens what they left on disk.</summary>
    public async Task ReopenAsync()
    {
        await CloseAsync();
        await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
