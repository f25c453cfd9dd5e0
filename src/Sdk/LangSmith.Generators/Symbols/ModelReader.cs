using LangSmith.Generators.Models;
using Microsoft.CodeAnalysis;

namespace LangSmith.Generators.Symbols;

/// <summary>Turns the symbol of a traced method into the model that code is written from.</summary>
internal static class ModelReader
{
    private const string Tasks = "System.Threading.Tasks";

    /// <summary>Reads a method.</summary>
    /// <param name="bound">The method as a call is bound to it, or as declared.</param>
    /// <param name="compilation">The compilation that code is generated for.</param>
    /// <returns>Null when the method is not traced or cannot be intercepted.</returns>
    public static TracedMethodModel? Read(IMethodSymbol bound, Compilation compilation)
    {
        var method = TraceableMethods.Definition(bound);
        return TraceableMethods.FindAttribute(method) is { } attribute && Interceptability.FindObstacle(method, compilation) is null
            ? Read(method, method, attribute, compilation)
            : null;
    }

    /// <summary>Reads a method that is traced as another one says.</summary>
    /// <param name="method">The method that is called, as declared.</param>
    /// <param name="attributed">The method with the attributes: the same, or what implements it.</param>
    /// <param name="attribute">Its <c>[Traceable]</c>.</param>
    /// <param name="compilation">The compilation that code is generated for.</param>
    public static TracedMethodModel Read(IMethodSymbol method, IMethodSymbol attributed, AttributeData attribute, Compilation compilation)
    {
        var type = method.ContainingType;
        var parameters = ReadParameters(method, attributed);
        var (kind, result) = ReadReturn(method);
        var documentationId = method.GetDocumentationCommentId() ?? method.ToDisplayString();
        var path = string.Join("_", TypesAround(type).Select(static t => t.TypeParameters.Length == 0 ? t.Name : $"{t.Name}{t.TypeParameters.Length}"));
        var reach = ReachOf(method);

        return new TracedMethodModel
        {
            EntryClass = $"{path}_{method.Name}_{StableHash.Of(IdentityOf(method, attributed, documentationId))}",
            Namespace = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
            TypePath = path,
            DeclaringType = TypeText.Plain(type),
            StaticTypeName = reach == Reach.Accessor && type.IsStatic ? ReflectionName(type) : null,
            MethodName = method.Name,
            DocumentationId = documentationId,
            IsStatic = method.IsStatic,
            IsExtension = method.IsExtensionMethod,
            IsUnsafe = false,
            Reach = reach,
            IsDeclaredHere = SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly)
                && TraceableMethods.FindOwnAttribute(method) is not null,
            IsOfInterface = type.TypeKind == TypeKind.Interface,
            IsIterator = IsIterator(method),
            TypeParameters = new EquatableArray<TypeParameterModel>(ReadTypeParameters(method)),
            Parameters = new EquatableArray<ParameterModel>(parameters),
            Return = kind,
            ReturnType = method.ReturnsVoid ? "void" : TypeText.Of(method.ReturnType),
            ResultType = result is null ? null : TypeText.Of(result),
            Settings = SettingsReader.Read(attributed, attribute, parameters),
        };
    }

    /// <summary>Reads the parameters of a method; what becomes of their arguments is said by those of the method with the attributes.</summary>
    public static ParameterModel[] ReadParameters(IMethodSymbol method, IMethodSymbol attributed) =>
        [.. method.Parameters.Select((p, i) => ReadParameter(p, attributed.Parameters[i], method.IsExtensionMethod && i == 0))];

    private static string IdentityOf(IMethodSymbol method, IMethodSymbol attributed, string documentationId)
    {
        var identity = method.ContainingAssembly.Name + "|" + documentationId;
        return SymbolEqualityComparer.Default.Equals(method, attributed) ? identity : identity + "|" + attributed.ToDisplayString();
    }

    private static ParameterModel ReadParameter(IParameterSymbol parameter, IParameterSymbol attributed, bool isThis)
    {
        var isCancellation = parameter.Type is { Name: "CancellationToken", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } };
        var modifier = parameter.RefKind switch
        {
            RefKind.Ref => "ref ",
            RefKind.Out => "out ",
            RefKind.In => "in ",
            RefKind.RefReadOnlyParameter => "ref readonly ",
            // 'params' of a span means it too; an interceptor, which has no 'params', must say it.
            _ when parameter.ScopedKind == ScopedKind.ScopedValue => "scoped ",
            _ => "",
        };
        return new ParameterModel(
            attributed.Name,
            TypeText.Of(parameter.Type),
            modifier,
            RoleOf(attributed, isCancellation),
            isThis,
            parameter.IsParams,
            parameter.HasExplicitDefaultValue ? TypeText.Default(parameter) : null,
            CallerInfoOf(parameter),
            isCancellation);
    }

    private static ParameterRole RoleOf(IParameterSymbol parameter, bool isCancellation)
    {
        if (TraceableMethods.IsNamed(parameter.Type, "RunTree"))
        {
            return ParameterRole.Run;
        }

        if (TraceableMethods.IsNamed(parameter.Type, "RunOptions"))
        {
            return ParameterRole.Options;
        }

        var isHidden = parameter.GetAttributes().Any(static a => TraceableMethods.IsNamed(a.AttributeClass, "NotTracedAttribute"));
        var mayBeSpan = parameter.Type.IsRefLikeType || parameter.Type is ITypeParameterSymbol { AllowsRefLikeType: true };
        return isHidden || isCancellation || mayBeSpan || parameter.RefKind == RefKind.Out ? ParameterRole.PassedOn
            : IsAttachment(parameter.Type) ? ParameterRole.Attached
            : ParameterRole.Captured;
    }

    /// <summary>A file, or a sequence of files.</summary>
    private static bool IsAttachment(ITypeSymbol type) =>
        TraceableMethods.IsNamed(type, "RunAttachment")
        || (type is INamedTypeSymbol named && IsSequenceOfAttachments(named))
        || (type is IArrayTypeSymbol or INamedTypeSymbol && type.AllInterfaces.Any(IsSequenceOfAttachments));

    private static bool IsSequenceOfAttachments(INamedTypeSymbol type) =>
        type is { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T, TypeArguments: [var item] }
        && TraceableMethods.IsNamed(item, "RunAttachment");

    private static string? CallerInfoOf(IParameterSymbol parameter)
    {
        foreach (var attribute in parameter.GetAttributes())
        {
            switch (attribute.AttributeClass?.Name)
            {
                case "CallerMemberNameAttribute" or "CallerFilePathAttribute" or "CallerLineNumberAttribute":
                    return $"[{TypeText.Plain(attribute.AttributeClass)}] ";
                case "CallerArgumentExpressionAttribute" when attribute.ConstructorArguments is [{ Value: string name }]:
                    return $"[{TypeText.Plain(attribute.AttributeClass)}({TypeText.Literal(name)})] ";
            }
        }

        return null;
    }

    private static (ReturnKind Kind, ITypeSymbol? Result) ReadReturn(IMethodSymbol method)
    {
        if (method.ReturnsVoid)
        {
            return (ReturnKind.Void, null);
        }

        if (method.ReturnType is INamedTypeSymbol named)
        {
            var space = named.ContainingNamespace?.ToDisplayString();
            switch (named.Name, named.TypeArguments.Length)
            {
                case ("Task", 0) when space == Tasks:
                    return (ReturnKind.Task, null);
                case ("Task", 1) when space == Tasks:
                    return (ReturnKind.TaskOfValue, named.TypeArguments[0]);
                case ("ValueTask", 0) when space == Tasks:
                    return (ReturnKind.ValueTask, null);
                case ("ValueTask", 1) when space == Tasks:
                    return (ReturnKind.ValueTaskOfValue, named.TypeArguments[0]);
                case ("IEnumerable", 1) when space == "System.Collections.Generic":
                    return (ReturnKind.Sequence, named.TypeArguments[0]);
                case ("IAsyncEnumerable", 1) when space == "System.Collections.Generic":
                    return (ReturnKind.AsyncSequence, named.TypeArguments[0]);
            }
        }

        return (ReturnKind.Value, method.ReturnType);
    }

    private static IEnumerable<TypeParameterModel> ReadTypeParameters(IMethodSymbol method) =>
        TypesAround(method.ContainingType)
            .SelectMany(static type => type.TypeParameters)
            .Select(static p => new TypeParameterModel(p.Name, TypeText.Constraints(p), OfMethod: false))
            .Concat(method.TypeParameters.Select(static p => new TypeParameterModel(p.Name, TypeText.Constraints(p), OfMethod: true)));

    /// <summary>A type and the types around it, the outermost first.</summary>
    public static Stack<INamedTypeSymbol> TypesAround(INamedTypeSymbol type)
    {
        var types = new Stack<INamedTypeSymbol>();
        for (var current = type; current is not null; current = current.ContainingType)
        {
            types.Push(current);
        }

        return types;
    }

    private static Reach ReachOf(IMethodSymbol method)
    {
        if (!Interceptability.IsReachable(method.DeclaredAccessibility))
        {
            return Reach.Accessor;
        }

        var isPublic = method.DeclaredAccessibility == Accessibility.Public
            && TypesAround(method.ContainingType).All(static type => type.DeclaredAccessibility == Accessibility.Public);
        return isPublic ? Reach.Public : Reach.Assembly;
    }

    private static bool IsIterator(IMethodSymbol method) =>
        method.IsIterator
        || method.GetAttributes().Any(static a => a.AttributeClass?.Name is "IteratorStateMachineAttribute" or "AsyncIteratorStateMachineAttribute");

    private static string ReflectionName(INamedTypeSymbol type)
    {
        var names = string.Join("+", TypesAround(type).Select(static t => t.MetadataName));
        var space = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString() + ".";
        return $"{space}{names}, {type.ContainingAssembly.Name}";
    }
}
