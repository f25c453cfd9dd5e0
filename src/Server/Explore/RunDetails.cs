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

    All = Feedback | Rollup | Datasets,
}
