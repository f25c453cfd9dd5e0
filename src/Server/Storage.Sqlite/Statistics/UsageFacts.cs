namespace LangSmith.Server.Storage.Sqlite.Statistics;

/// <summary>Tokens and costs as the columns have them.</summary>
internal readonly record struct UsageFacts(
    long? PromptTokens, long? CompletionTokens, long? TotalTokens, double? PromptCost, double? CompletionCost, double? TotalCost);
