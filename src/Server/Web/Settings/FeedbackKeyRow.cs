namespace LangSmith.Server.Web.Settings;

/// <summary>What a feedback key means.</summary>
/// <param name="Id">The id of its configuration.</param>
/// <param name="Key">The key.</param>
/// <param name="Kind">How it is answered, as the wire calls it.</param>
/// <param name="Values">Its range or categories, to read.</param>
/// <param name="IsLowerBetter">Whether small scores are the good ones.</param>
public sealed record FeedbackKeyRow(Guid Id, string Key, string Kind, string Values, bool IsLowerBetter);
