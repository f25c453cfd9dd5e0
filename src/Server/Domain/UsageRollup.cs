namespace LangSmith.Server.Domain;

/// <summary>Sums tokens and costs up the tree, each call of a model once.</summary>
public static class UsageRollup
{
    /// <summary>The usage of each run with everything below it.</summary>
    /// <param name="runs">Whole traces; a run whose parent is not among them is a root.</param>
    /// <remarks>A model's call shows its own usage, whatever calls it contains; anything else adds what is below it.</remarks>
    public static IReadOnlyDictionary<Guid, RunUsage> Of(IReadOnlyCollection<RunRecord> runs)
    {
        var totals = runs.ToDictionary(run => run.Id, run => run.Usage);
        var byId = runs.ToDictionary(run => run.Id);
        // Deepest first. Depth is counted in the path, which cannot run in circles as parents can.
        foreach (var run in runs.OrderByDescending(run => run.DottedOrder.Count(character => character == '.')))
        {
            if (run.ParentRunId is { } parentId && parentId != run.Id && byId.TryGetValue(parentId, out var parent)
                && !(parent.RunType == Protocol.RunTypes.Llm && parent.Usage.TotalTokens is not null))
            {
                totals[parentId] = Add(totals[parentId], totals[run.Id]);
            }
        }

        return totals;
    }

    /// <summary>Adds two usages; what is unknown in both stays unknown. The sum has no price row.</summary>
    public static RunUsage Add(RunUsage one, RunUsage other) => new()
    {
        PromptTokens = Add(one.PromptTokens, other.PromptTokens),
        CompletionTokens = Add(one.CompletionTokens, other.CompletionTokens),
        TotalTokens = Add(one.TotalTokens, other.TotalTokens),
        PromptCost = Add(one.PromptCost, other.PromptCost),
        CompletionCost = Add(one.CompletionCost, other.CompletionCost),
        TotalCost = Add(one.TotalCost, other.TotalCost),
        PromptTokenDetails = UsageDetails.Add(one.PromptTokenDetails, other.PromptTokenDetails),
        CompletionTokenDetails = UsageDetails.Add(one.CompletionTokenDetails, other.CompletionTokenDetails),
        PromptCostDetails = UsageDetails.Add(one.PromptCostDetails, other.PromptCostDetails),
        CompletionCostDetails = UsageDetails.Add(one.CompletionCostDetails, other.CompletionCostDetails),
    };

    private static long? Add(long? one, long? other) => one is null ? other : other is null ? one : one + other;

    private static decimal? Add(decimal? one, decimal? other) => one is null ? other : other is null ? one : one + other;
}
