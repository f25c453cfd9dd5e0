namespace LangSmith.Server.Storage.Tests.Support;

/// <summary>What every engine must do; an engine's tests inherit it.</summary>
public abstract class StoreContract<TEngine> : IAsyncLifetime
    where TEngine : Engine, new()
{
    protected TEngine Engine { get; } = new();

    protected IRunStore Runs => Engine.Runs;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await Engine.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
