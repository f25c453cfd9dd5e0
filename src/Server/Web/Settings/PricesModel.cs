using LangSmith.Server.Domain.Pricing;

namespace LangSmith.Server.Web.Settings;

/// <summary>What models cost.</summary>
/// <param name="Own">The workspace's own rows, which come first.</param>
/// <param name="BuiltIn">Those that came with the server.</param>
/// <param name="Problem">Why the last form was not taken; null when it was.</param>
public sealed record PricesModel(IReadOnlyList<ModelPrice> Own, IReadOnlyList<ModelPrice> BuiltIn, string? Problem = null);
