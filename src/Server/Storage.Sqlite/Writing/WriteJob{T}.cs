using LangSmith.Server.Storage.Sqlite.Connections;

namespace LangSmith.Server.Storage.Sqlite.Writing;

/// <inheritdoc/>
internal class WriteJob<T>(Func<Statements, WriteCache, T> change, long bytes) : WriteJob(bytes)
{
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _value;
    private Exception? _failure;

    public Task<T> Result => _result.Task;

    public override bool TryRun(Statements statements, WriteCache cache)
    {
        try
        {
            Take(change(statements, cache));
            return true;
        }
        catch (Exception exception) when (!DiskFailure.Is(exception))
        {
            _failure = exception;
            return false;
        }
    }

    public override void Complete()
    {
        if (_failure is { } failure)
        {
            _result.SetException(failure);
        }
        else
        {
            _result.SetResult(_value!);
        }
    }

    public override void Fail(Exception exception) => _result.TrySetException(exception);

    protected void Take(T value) => _value = value;
}
