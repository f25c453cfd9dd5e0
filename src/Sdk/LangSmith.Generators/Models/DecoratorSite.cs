namespace LangSmith.Generators.Models;

/// <summary>A call that asks for a decorator.</summary>
/// <param name="Method">The called method's name, which decides the interceptor's shape.</param>
/// <param name="Decorator">The decorator.</param>
/// <param name="Location">Where the call stands.</param>
internal sealed record DecoratorSite(string Method, DecoratorModel Decorator, SiteLocation Location);
