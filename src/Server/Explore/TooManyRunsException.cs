namespace LangSmith.Server.Explore;

/// <summary>A question concerns more runs than one answer may be made of. The message is for the client.</summary>
public sealed class TooManyRunsException(int runsMax)
    : Exception($"More than {runsMax:N0} runs match (limit StatisticsRunsMax). Narrow the filter or the time range.");
