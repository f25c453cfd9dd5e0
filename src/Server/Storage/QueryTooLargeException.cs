namespace LangSmith.Server.Storage;

/// <summary>The filters of a query hold more values than the engine takes at a time.</summary>
public sealed class QueryTooLargeException(int valuesMax)
    : Exception($"The filters need more than {valuesMax:N0} values. Ask for fewer ids or words at a time.");
