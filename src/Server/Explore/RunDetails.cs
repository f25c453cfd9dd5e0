namespace LangSmith.Server.Explore;

/// <summary>What is wanted of runs besides themselves; each costs a reading of its own.</summary>
[Flags]
public enum RunDetails
{
    None = 0,

    /// <summary>Their feedback.</summary>
    Feedback = 1,

    /// <summary>Tokens, costs and the first token of what is below them; otherwise they show their own.</summary>
    Rollup = 2,

    /// <summary>Whether an example was made of them, and the dataset of the example that they ran for.</summary>
    Datasets = 4,

    /// <summary>What is below them, and the span of their traces: the whole trace of each is read.</summary>
    Members = 8,

    /// <summary>All that runs are shown with; the rest is for those who ask for it.</summary>
    All = Feedback | Rollup | Datasets,
}
