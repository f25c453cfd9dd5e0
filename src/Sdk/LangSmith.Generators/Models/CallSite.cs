namespace LangSmith.Generators.Models;

/// <summary>A call that is to be intercepted.</summary>
/// <param name="Method">The traced method.</param>
/// <param name="Location">Where the call stands.</param>
internal sealed record CallSite(TracedMethodModel Method, SiteLocation Location);
