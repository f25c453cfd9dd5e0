using Microsoft.CodeAnalysis;

namespace LangSmith.Generators.Symbols;

/// <summary>Tells which traced methods no interceptor can stand in for, and why.</summary>
internal static class Interceptability
{
    /// <summary>Finds what keeps calls of a method from being intercepted.</summary>
    /// <param name="method">The method as declared.</param>
    /// <param name="compilation">The compilation that code is generated for.</param>
    /// <returns>A clause that goes on after "because"; null when there is nothing.</returns>
    public static string? FindObstacle(IMethodSymbol method, Compilation compilation)
    {
        var platform = TargetPlatform.Of(compilation);
        return FindObstacleOfKind(method) ?? FindObstacleOfTypes(method) ?? FindObstacleOfAccess(method, platform);
    }

    private static string? FindObstacleOfKind(IMethodSymbol method) => method switch
    {
        { MethodKind: MethodKind.LocalFunction } =>
            "calls of local functions cannot be intercepted, and functions among top-level statements are local functions: move it into a class",
        { MethodKind: MethodKind.AnonymousFunction } => "a lambda is called through a delegate: use Traceable.Wrap",
        { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove or MethodKind.EventRaise } =>
            "accessors are not called by name: move the body into a method",
        { MethodKind: MethodKind.UserDefinedOperator or MethodKind.Conversion } => "operators are not called by name: move the body into a method",
        { MethodKind: MethodKind.ExplicitInterfaceImplementation } =>
            "it can only be called through its interface: put [Traceable] on the interface's method, or register the class with AddTraced",
        { MethodKind: not (MethodKind.Ordinary or MethodKind.ReducedExtension) } => "it is not an ordinary method",
        { ContainingType.IsExtension: true } => "members of an extension block cannot be intercepted: declare it with a 'this' parameter",
        { IsVararg: true } => "it takes a variable argument list",
        { ReturnsByRef: true } or { ReturnsByRefReadonly: true } => "it returns by reference",
        { IsStatic: true, ContainingType.TypeKind: TypeKind.Interface } when method.IsAbstract || method.IsVirtual =>
            "static members of an interface are called through a type parameter",
        { IsStatic: false, ContainingType: { IsValueType: true } type } =>
            $"'{type.Name}' is a struct, which the generated code would have to copy: make the method static or the type a class",
        _ => null,
    };

    private static string? FindObstacleOfTypes(IMethodSymbol method)
    {
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            if (type.IsFileLocal)
            {
                return $"'{type.Name}' is local to its file";
            }

            if (!IsReachable(type.DeclaredAccessibility))
            {
                return $"'{type.Name}' is {Word(type.DeclaredAccessibility)}, and generated code cannot name it: make it internal";
            }
        }

        if (method.ReturnType.IsRefLikeType)
        {
            return "it returns a ref struct";
        }

        if (!method.ReturnsVoid && FindHiddenType(method.ReturnType) is { } hiddenResult)
        {
            return $"its result's type '{hiddenResult.Name}' cannot be named by generated code: make it at least internal";
        }

        if (IsCustomAwaitable(method.ReturnType))
        {
            return $"'{method.ReturnType.Name}' is an awaitable other than Task and ValueTask, whose end cannot be observed";
        }

        foreach (var parameter in method.Parameters)
        {
            if (parameter is { Ordinal: 0, RefKind: not RefKind.None } && method.IsExtensionMethod)
            {
                return $"its receiver '{parameter.Name}' is passed by reference";
            }

            if (parameter.Type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer)
            {
                return $"its parameter '{parameter.Name}' is a pointer";
            }

            if (FindHiddenType(parameter.Type) is { } hidden)
            {
                return $"the type '{hidden.Name}' of its parameter '{parameter.Name}' cannot be named by generated code: make it at least internal";
            }
        }

        return FindClashingTypeParameter(method) is { } clash
            ? $"its type parameter '{clash}' has the name of one of a type around it"
            : null;
    }

    private static string? FindObstacleOfAccess(IMethodSymbol method, TargetPlatform platform)
    {
        if (IsReachable(method.DeclaredAccessibility))
        {
            return null;
        }

        var access = Word(method.DeclaredAccessibility);
        if (method.ContainingType is { TypeKind: TypeKind.Interface })
        {
            return $"it is a {access} member of an interface";
        }

        if (!platform.HasGenericAccessor && (method.IsGenericMethod || method.ContainingType.IsGenericType))
        {
            return $"it is {access} and generic, which generated code reaches only from .NET 9 on: make it internal";
        }

        if (method.ContainingType.IsStatic && (!platform.HasTypeAccessor || method.ContainingType.IsGenericType))
        {
            return $"it is {access} in a static class, which generated code reaches only from .NET 10 on: make it internal";
        }

        return null;
    }

    /// <summary>Tells whether generated code in the same assembly may use something declared with this accessibility.</summary>
    public static bool IsReachable(Accessibility accessibility) =>
        accessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;

    /// <summary>Finds what keeps a type from being named by code elsewhere in the assembly: an inaccessible type in it, or a type parameter.</summary>
    public static ITypeSymbol? FindUnnamable(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => type,
        INamedTypeSymbol named => named.TypeArguments.Select(FindUnnamable).FirstOrDefault(static found => found is not null) ?? FindHiddenType(named),
        _ => FindHiddenType(type),
    };

    private static ITypeSymbol? FindHiddenType(ITypeSymbol type)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                return FindHiddenType(array.ElementType);
            case INamedTypeSymbol named:
                if (named.IsAnonymousType || named.IsFileLocal || !(named.IsTupleType || IsReachable(named.DeclaredAccessibility)))
                {
                    return named;
                }

                foreach (var argument in named.TypeArguments)
                {
                    if (FindHiddenType(argument) is { } hidden)
                    {
                        return hidden;
                    }
                }

                return named.ContainingType is { } outer ? FindHiddenType(outer) : null;
            default:
                return null;
        }
    }

    private static bool IsCustomAwaitable(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: not ("Task" or "ValueTask") } named
        && named.GetMembers("GetAwaiter").Any(static member => member is IMethodSymbol { Parameters.Length: 0, IsStatic: false });

    private static string? FindClashingTypeParameter(IMethodSymbol method)
    {
        var names = new HashSet<string>(method.TypeParameters.Select(static p => p.Name), StringComparer.Ordinal);
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            foreach (var parameter in type.TypeParameters)
            {
                if (!names.Add(parameter.Name))
                {
                    return parameter.Name;
                }
            }
        }

        return null;
    }

    private static string Word(Accessibility accessibility) => accessibility switch
    {
        Accessibility.Private => "private",
        Accessibility.Protected => "protected",
        Accessibility.ProtectedAndInternal => "private protected",
        _ => "inaccessible",
    };
}
