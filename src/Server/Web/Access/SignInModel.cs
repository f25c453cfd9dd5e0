namespace LangSmith.Server.Web.Access;

/// <summary>The form that asks for the key.</summary>
/// <param name="To">Where to go then: a path of this server.</param>
/// <param name="Problem">Why the last attempt failed; null on the first.</param>
public sealed record SignInModel(string To, string? Problem = null);
