using LangSmith.Generators.Emit;
using LangSmith.Generators.Models;
using Microsoft.CodeAnalysis;

namespace LangSmith.Generators.Symbols;

/// <summary>Reads the members of an interface that a decorator implements.</summary>
internal static class DecoratedMembers
{
    /// <summary>The members to implement: those of the interface and of all above it, without what cannot be implemented.</summary>
    public static IEnumerable<ISymbol> Of(INamedTypeSymbol service) => new[] { service }.Concat(service.AllInterfaces)
        .SelectMany(static type => type.GetMembers())
        .Where(static member => (member.IsAbstract || member.IsVirtual)
            && member is IMethodSymbol { MethodKind: MethodKind.Ordinary } or IPropertySymbol or IEventSymbol);

    /// <summary>Finds what keeps a member from being implemented.</summary>
    public static string? FindObstacle(ISymbol member, Compilation compilation) => member switch
    {
        { IsStatic: true } => $"its member '{member.Name}' is static",
        IMethodSymbol { RefKind: not RefKind.None } or IPropertySymbol { RefKind: not RefKind.None } => $"its member '{member.Name}' returns by reference",
        _ when !compilation.IsSymbolAccessibleWithin(member, compilation.Assembly) => $"its member '{member.Name}' is not accessible here",
        _ => null,
    };

    /// <summary>Finds the method with the attribute: the interface's own, or what implements it.</summary>
    public static (IMethodSymbol Method, AttributeData Attribute)? FindTraced(ISymbol member, INamedTypeSymbol? implementation, Compilation compilation)
    {
        if (member is not IMethodSymbol method || Interceptability.FindObstacle(method.OriginalDefinition, compilation) is not null)
        {
            return null;
        }

        if (TraceableMethods.FindAttribute(method) is { } own)
        {
            return (method.OriginalDefinition, own);
        }

        return implementation?.FindImplementationForInterfaceMember(method) is IMethodSymbol implementing
            && TraceableMethods.FindAttribute(implementing) is { } attribute
                ? (TraceableMethods.Definition(implementing), attribute)
                : null;
    }

    /// <summary>Reads a member.</summary>
    public static DecoratedMember Read(ISymbol member, INamedTypeSymbol? implementation, Compilation compilation)
    {
        var declaring = TypeText.Plain(member.ContainingType);
        var inner = $"(({declaring}){DecoratorWriter.Inner})";
        switch (member)
        {
            case IPropertySymbol property:
                return ReadProperty(property, declaring, inner);
            case IEventSymbol e:
                var accessors = $"{{ add => {inner}.@{e.Name} += value; remove => {inner}.@{e.Name} -= value; }}";
                return new($"event {TypeText.Plain(e.Type)} {declaring}.@{e.Name}", accessors, null);
        }

        var method = (IMethodSymbol)member;
        var typeParameters = method.TypeParameters.Length == 0 ? "" : $"<{string.Join(", ", method.TypeParameters.Select(static p => p.Name))}>";
        var result = method.ReturnsVoid ? "void" : TypeText.Plain(method.ReturnType);
        var heading = $"{result} {declaring}.@{method.Name}{typeParameters}({Parameters(method.Parameters)})";
        if (FindTraced(method, implementation, compilation) is not { } traced)
        {
            return new(heading, $"=> {inner}.@{method.Name}{typeParameters}({Arguments(method.Parameters)});", null);
        }

        var entry = ModelReader.Read(method.OriginalDefinition, traced.Method, traced.Attribute, compilation);
        var typeArguments = ModelReader.TypesAround(method.ContainingType).SelectMany(static type => type.TypeArguments).Select(TypeText.Plain)
            .Concat(method.TypeParameters.Select(static p => p.Name))
            .ToArray();
        var call = $"{entry.EntryClass}.Call{(typeArguments.Length == 0 ? "" : $"<{string.Join(", ", typeArguments)}>")}";
        var separator = method.Parameters.Length == 0 ? "" : ", ";
        return new(heading, $"=> {call}({inner}, {Arguments(method.Parameters)}{separator}null);", entry);
    }

    private static DecoratedMember ReadProperty(IPropertySymbol property, string declaring, string inner)
    {
        var name = property.IsIndexer ? $"this[{Parameters(property.Parameters)}]" : "@" + property.Name;
        var target = property.IsIndexer ? $"{inner}[{Arguments(property.Parameters)}]" : $"{inner}.@{property.Name}";
        var getter = property.GetMethod is null ? "" : $"get => {target}; ";
        var setter = property.SetMethod switch
        {
            null => "",
            { IsInitOnly: true } => "init => throw new global::System.NotSupportedException(); ",
            _ => $"set => {target} = value; ",
        };
        return new($"{TypeText.Plain(property.Type)} {declaring}.{name}", $"{{ {getter}{setter}}}", null);
    }

    private static string Parameters(IEnumerable<IParameterSymbol> parameters) =>
        string.Join(", ", parameters.Select(static p => $"{Modifier(p)}{TypeText.Plain(p.Type)} @{p.Name}"));

    private static string Arguments(IEnumerable<IParameterSymbol> parameters) =>
        string.Join(", ", parameters.Select(static p => $"{(p.RefKind == RefKind.RefReadOnlyParameter ? "in " : Modifier(p))}@{p.Name}"));

    private static string Modifier(IParameterSymbol parameter) => parameter.RefKind switch
    {
        RefKind.Ref => "ref ",
        RefKind.Out => "out ",
        RefKind.In => "in ",
        RefKind.RefReadOnlyParameter => "ref readonly ",
        _ => "",
    };
}
