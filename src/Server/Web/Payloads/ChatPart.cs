namespace LangSmith.Server.Web.Payloads;

/// <summary>A piece of a message.</summary>
public abstract record ChatPart
{
    public sealed record Text(string Content) : ChatPart;

    /// <summary>What a model thought before it answered.</summary>
    public sealed record Thought(string Content) : ChatPart;

    /// <summary>A picture inside the message; its address begins with data:image/.</summary>
    public sealed record Picture(string Address) : ChatPart;

    /// <summary>A file somewhere else; nothing is fetched before somebody asks.</summary>
    public sealed record Remote(string Address) : ChatPart;

    public sealed record ToolCall(string Name, string? Id, JsonItem Arguments) : ChatPart;

    public sealed record Other(JsonItem Content) : ChatPart;
}
