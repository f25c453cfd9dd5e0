namespace LangSmith.Generators.Models;

/// <summary>A call that is to be intercepted.</summary>
/// <param name="Method">The traced method.</param>
/// <param name="Version">The version of the location's format.</param>
/// <param name="Data">The location, opaque.</param>
/// <param name="Display">The location for people.</param>
internal sealed record CallSite(TracedMethodModel Method, int Version, string Data, string Display);
