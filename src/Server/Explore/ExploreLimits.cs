namespace LangSmith.Server.Explore;

/// <summary>Bounds on what one question may make the server read.</summary>
public static class ExploreLimits
{
    /// <summary>Runs that statistics are made of; more are refused, not sampled.</summary>
    public const int StatisticsRunsMax = 200_000;

    /// <summary>Runs of the traces of one page whose usage is summed up; beyond it, runs show their own usage.</summary>
    public const int RollupRunsMax = 20_000;

    /// <summary>Rows read at a time.</summary>
    public const int PageSize = 1_000;
}
