using LangSmith;

namespace QuickStart;

/// <summary>Reads back what was traced, by ids alone, and prints it.</summary>
internal sealed class Report(LangSmithClient client)
{
    public async Task PrintTreeAsync(Guid traceId)
    {
        Console.WriteLine();
        Console.WriteLine("The trace:");
        var runs = new List<RunRecord>();
        await foreach (var run in client.ListRunsAsync(new RunQuery { TraceId = traceId }))
        {
            runs.Add(run);
        }

        foreach (var run in runs.OrderBy(run => run.DottedOrder, StringComparer.Ordinal))
        {
            var indent = new string(' ', 2 * (run.ParentRunIds?.Count ?? 0));
            var tokens = run.TotalTokens > 0 ? $", {run.TotalTokens} tokens" : "";
            var cost = run.TotalCost is { } dollars ? $", ${dollars:0.######}" : "";
            Console.WriteLine($"  {indent}{run.Name} ({run.RunType}, {run.Status}{tokens}{cost})  {run.Id}");
        }
    }

    public async Task PrintFeedbackAsync(Guid runId)
    {
        Console.WriteLine();
        Console.WriteLine("Its feedback:");
        await foreach (var feedback in client.ListFeedbackAsync([runId]))
        {
            Console.WriteLine($"  {feedback.Key} = {feedback.Score} ({feedback.Comment})");
        }
    }

    public async Task PrintRunAsync(Guid runId, string what)
    {
        var run = await client.WaitForRunAsync(runId);
        Console.WriteLine();
        Console.WriteLine($"Read back by its id, {what}:");
        Console.WriteLine($"  {run.Name} {run.Id}: {run.Status}, inputs {run.Inputs}, outputs {run.Outputs}");
    }

    public async Task PrintLinksAsync(RunIds ids)
    {
        Console.WriteLine();
        Console.WriteLine("Open them:");
        foreach (var id in (Guid[])[ids.Root, ids.Wrapped, ids.Attribute, ids.Tree, ids.Retried])
        {
            Console.WriteLine($"  {await client.GetRunUrlAsync(id)}");
        }

        Console.WriteLine();
    }
}
