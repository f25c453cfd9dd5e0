namespace LangSmith.Server.Web.Experiments;

/// <summary>How a score stands to that of the baseline.</summary>
public enum Verdict
{
    /// <summary>Equal, or there is nothing to compare with.</summary>
    Same,
    Better,
    Worse,
}
