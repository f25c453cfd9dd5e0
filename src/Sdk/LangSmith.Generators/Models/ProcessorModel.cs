namespace LangSmith.Generators.Models;

/// <summary>A method that changes what is recorded.</summary>
/// <param name="Method">Fully qualified name, ready to be called.</param>
/// <param name="Parameters">The names of its parameters: those of the traced method for an input processor.</param>
internal sealed record ProcessorModel(string Method, EquatableArray<string> Parameters);
