namespace LangSmith.Server.Explore;

/// <summary>Bounds on what one question may make the server read.</summary>
public static class ExploreLimits
{
    /// <summary>Runs whose feedback is united for figures; of more, figures come without feedback.</summary>
    public const int FeedbackRunsMax = 20_000;

    /// <summary>Runs of the traces of one page whose usage is summed up; beyond it, runs show their own usage.</summary>
    public const int RollupRunsMax = 20_000;

    /// <summary>Comments that figures show of a feedback key.</summary>
    public const int CommentsMax = 10;

    /// <summary>Different values of a feedback key that figures count.</summary>
    public const int FeedbackValuesMax = 1_000;

    /// <summary>Threads that a list can reach.</summary>
    public const int ThreadsMax = 100_000;

    /// <summary>Rows read at a time.</summary>
    public const int PageSize = 1_000;
}
