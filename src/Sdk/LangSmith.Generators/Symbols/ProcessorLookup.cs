using LangSmith.Generators.Models;
using Microsoft.CodeAnalysis;

namespace LangSmith.Generators.Symbols;

/// <summary>Finds the methods that <c>ProcessInputs</c> and its siblings name.</summary>
internal readonly struct ProcessorLookup
{
    private readonly INamedTypeSymbol _type;

    /// <param name="type">The type in which, and in whose base types, the methods are looked for.</param>
    public ProcessorLookup(INamedTypeSymbol type)
    {
        _type = type;
    }

    /// <summary>Finds a method all of whose parameters are captured parameters of the traced method, by name.</summary>
    /// <returns>Null when there is none, or nothing was asked for.</returns>
    public ProcessorModel? FindForInputs(string? name, IReadOnlyList<ParameterModel> parameters)
    {
        var captured = new HashSet<string>(
            parameters.Where(static p => p.Role == ParameterRole.Captured).Select(static p => p.Name),
            StringComparer.Ordinal);
        return Find(name, candidate => candidate.Parameters.All(p => captured.Contains(p.Name)));
    }

    /// <summary>Finds a method that takes one value.</summary>
    /// <returns>Null when there is none, or nothing was asked for.</returns>
    public ProcessorModel? FindForValue(string? name) => Find(name, static candidate => candidate.Parameters.Length == 1);

    private ProcessorModel? Find(string? name, Func<IMethodSymbol, bool> fits)
    {
        if (string.IsNullOrEmpty(name))
        {
            return null;
        }

        for (var type = _type; type is not null; type = type.BaseType)
        {
            var found = type.GetMembers(name!)
                .OfType<IMethodSymbol>()
                .FirstOrDefault(candidate =>
                    candidate is { IsStatic: true, ReturnsVoid: false, IsGenericMethod: false } && IsCallable(candidate) && fits(candidate));
            if (found is not null)
            {
                return new ProcessorModel(
                    $"{TypeText.Plain(type)}.@{found.Name}",
                    new EquatableArray<string>(found.Parameters.Select(static p => p.Name)));
            }
        }

        return null;
    }

    private static bool IsCallable(IMethodSymbol candidate) => candidate.DeclaredAccessibility == Accessibility.Public
        || (Interceptability.IsReachable(candidate.DeclaredAccessibility) && !candidate.Locations.IsDefaultOrEmpty && candidate.Locations[0].IsInSource);
}
