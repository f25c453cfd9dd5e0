namespace LangSmith.Server.Web.Payloads;

/// <summary>A message of a conversation with a model.</summary>
public sealed record ChatMessage
{
    /// <summary>system, human, ai, tool, or whatever the client calls it.</summary>
    public required string Role { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<ChatPart> Parts { get; init; } = [];

    public string Title => Role switch
    {
        "system" or "developer" => "System",
        "human" => "Human",
        "ai" => "AI",
        "tool" => "Tool",
        _ => Role,
    };

    public string Icon => Role switch
    {
        "human" => "user",
        "ai" => "sparkles",
        "tool" => "wrench",
        _ => "scroll-text",
    };
}
