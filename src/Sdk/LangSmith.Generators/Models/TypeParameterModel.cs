namespace LangSmith.Generators.Models;

/// <summary>A type parameter of a traced method or of a type around it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Constraints">What stands behind <c>where T :</c>; empty when there is nothing.</param>
/// <param name="OfMethod">True when the method declares it, false when a type around it does.</param>
internal sealed record TypeParameterModel(string Name, string Constraints, bool OfMethod);
