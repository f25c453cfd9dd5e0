using System.Text.Json;

namespace LangSmith.Interception;

/// <content>Calls that end later than they return.</content>
public partial struct TracedCall
{
    /// <summary>Ends the run when the task does.</summary>
    public readonly Task CompleteAsync(Task result)
    {
        // The caller goes on outside of the run; what the task does goes on inside, because it began there.
        Run.Leave();
        return result is null or { IsCompletedSuccessfully: true } ? Completed(result!) : AwaitAsync(this, result);
    }

    /// <summary>Ends the run when the task does.</summary>
    public readonly ValueTask CompleteAsync(ValueTask result)
    {
        Run.Leave();
        return AwaitValueAsync(this, result);
    }

    /// <summary>Ends the run when the task does, with its result.</summary>
    public readonly Task<T> CompleteAsync<T>(Task<T> result, Action<Utf8JsonWriter, T>? process = null)
    {
        if (result is null)
        {
            // A method that returns no task at all is not ours to mend.
            Complete();
            return result!;
        }

        Run.Leave();
        return AwaitAsync(this, result, process);
    }

    /// <summary>Ends the run when the task does, with its result.</summary>
    public readonly ValueTask<T> CompleteAsync<T>(ValueTask<T> result, Action<Utf8JsonWriter, T>? process = null)
    {
        Run.Leave();
        return AwaitValueAsync(this, result, process);
    }

    private readonly Task Completed(Task result)
    {
        Complete();
        return result;
    }

    private static async Task AwaitAsync(TracedCall call, Task result)
    {
        try
        {
            await result.ConfigureAwait(false);
            call.Complete();
        }
        catch (Exception exception)
        {
            call.Fail(exception);
            throw;
        }
    }

    private static async ValueTask AwaitValueAsync(TracedCall call, ValueTask result)
    {
        try
        {
            await result.ConfigureAwait(false);
            call.Complete();
        }
        catch (Exception exception)
        {
            call.Fail(exception);
            throw;
        }
    }

    private static async Task<T> AwaitAsync<T>(TracedCall call, Task<T> result, Action<Utf8JsonWriter, T>? process)
    {
        try
        {
            var value = await result.ConfigureAwait(false);
            call.Complete(value, process);
            return value;
        }
        catch (Exception exception)
        {
            call.Fail(exception);
            throw;
        }
    }

    private static async ValueTask<T> AwaitValueAsync<T>(TracedCall call, ValueTask<T> result, Action<Utf8JsonWriter, T>? process)
    {
        try
        {
            var value = await result.ConfigureAwait(false);
            call.Complete(value, process);
            return value;
        }
        catch (Exception exception)
        {
            call.Fail(exception);
            throw;
        }
    }
}
