namespace LangSmith.Server.Web.Settings;

/// <summary>The API keys of a workspace.</summary>
/// <param name="Keys">Newest first.</param>
/// <param name="Made">The key that was just made, which is shown this once; null otherwise.</param>
/// <param name="TakesAnyKey">Whether the server was started without a key, so that keys guard nothing.</param>
/// <param name="Problem">Why the last form was not taken; null when it was.</param>
public sealed record KeysModel(IReadOnlyList<KeyRow> Keys, string? Made, bool TakesAnyKey, string? Problem = null);
