using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace LangSmith.Extensions.AI;

/// <summary>A tool whose calls are recorded as <c>tool</c> runs below the run that is current when it is called.</summary>
internal sealed class TracedFunction(AIFunction inner) : DelegatingAIFunction(inner)
{
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        using var run = Traceable.StartRun(Name, new RunOptions { RunType = "tool" });
        run.SetInputs(new JsonObject(arguments.Select(argument => KeyValuePair.Create(argument.Key, AnyJson.ToNode(argument.Value)))));
        try
        {
            var result = await base.InvokeCoreAsync(arguments, cancellationToken).ConfigureAwait(false);
            run.End(AnyJson.ToNode(result) is JsonObject json ? json : new JsonObject { ["output"] = AnyJson.ToNode(result) });
            return result;
        }
        catch (Exception exception) when (run.Fail(exception))
        {
            throw;
        }
    }
}
