namespace LangSmith.Generators.Models;

/// <summary>A member of a decorated interface.</summary>
/// <param name="Heading">Its declaration as an explicit implementation.</param>
/// <param name="Body">What stands behind the heading: it passes the member on, or calls its entry.</param>
/// <param name="Entry">The traced method; null for a member that is only passed on.</param>
internal sealed record DecoratedMember(string Heading, string Body, TracedMethodModel? Entry);
