namespace LangSmith.Generators.Models;

/// <summary>A decorator of one interface whose traced members go through their entries.</summary>
/// <param name="ClassName">Its name: readable, and unique by a hash.</param>
/// <param name="Service">The interface, fully qualified and constructed.</param>
/// <param name="Implementation">The class behind it; null when the interface alone is known.</param>
/// <param name="Members">Its members, those of the interfaces above it included.</param>
internal sealed record DecoratorModel(string ClassName, string Service, string? Implementation, EquatableArray<DecoratedMember> Members);
