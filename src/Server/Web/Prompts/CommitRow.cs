namespace LangSmith.Server.Web.Prompts;

/// <summary>A commit of a prompt.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Hash">Its hash; the first eight digits are enough to name it.</param>
/// <param name="Description">What changed; null when nobody said.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="Tags">What people call it.</param>
public sealed record CommitRow(Guid Id, string Hash, string? Description, DateTimeOffset CreatedAt, IReadOnlyList<string> Tags)
{
    public string ShortHash => Hash[..Math.Min(8, Hash.Length)];
}
