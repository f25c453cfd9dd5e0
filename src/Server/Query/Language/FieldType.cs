namespace LangSmith.Server.Query.Language;

/// <summary>What values a field has.</summary>
internal enum FieldType
{
    Text,

    /// <summary>One of a few words, whatever their case.</summary>
    Choice,
    Id,
    Truth,
    Number,
    Time,

    /// <summary>A number of seconds, or a text such as <c>500ms</c>.</summary>
    Seconds,
}
