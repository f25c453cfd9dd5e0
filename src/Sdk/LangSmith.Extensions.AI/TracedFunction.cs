using Microsoft.Extensions.AI;

namespace LangSmith.Extensions.AI;

/// <summary>A tool whose calls are recorded as <c>tool</c> runs below the run that is current when it is called.</summary>
internal sealed class TracedFunction(AIFunction inner, string? conversationId = null) : DelegatingAIFunction(inner)
{
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        using var run = Traceable.StartRun(Name, new RunOptions { RunType = "tool" });
        // As they are: the tracer captures them by its own options, and takes out what must be redacted.
        run.SetInputs(new Dictionary<string, object?>(arguments));
        if (run.IsTraced)
        {
            RunMetadata.AddIfGiven(run, "tool_call_id", FunctionInvokingChatClient.CurrentContext?.CallContent.CallId);
            RunMetadata.AddThread(run, conversationId);
        }

        try
        {
            var result = await base.InvokeCoreAsync(arguments, cancellationToken).ConfigureAwait(false);
            run.SetOutputs(result);
            return result;
        }
        catch (Exception exception) when (run.Fail(exception))
        {
            throw;
        }
    }
}
