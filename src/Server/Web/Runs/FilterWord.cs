namespace LangSmith.Server.Web.Runs;

/// <summary>A word of the filter bar: <c>field:value</c>, or plain text without a field.</summary>
public sealed record FilterWord(string Field, string Value)
{
    /// <summary>As it stands in the bar.</summary>
    public string Text => (Field.Length == 0 ? "" : Field + ":") + (Value.Contains(' ') || Value.Length == 0 ? $"\"{Value}\"" : Value);
}
