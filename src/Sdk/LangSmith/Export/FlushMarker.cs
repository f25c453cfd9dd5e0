namespace LangSmith.Export;

/// <summary>A place in the queue that a flush waits for.</summary>
internal sealed class FlushMarker
{
    public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
