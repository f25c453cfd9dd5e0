namespace LangSmith.Generators.Models;

/// <summary>All that is needed to write the code of one traced method; equal when nothing that matters has changed.</summary>
internal sealed record TracedMethodModel
{
    /// <summary>The name of the generated class: readable, and unique by a hash of the method's documentation id.</summary>
    public required string EntryClass { get; init; }

    /// <summary>The namespace of the declaring type; empty for the global one.</summary>
    public required string Namespace { get; init; }

    /// <summary>The names of the declaring type and those around it, for naming generated code.</summary>
    public required string TypePath { get; init; }

    /// <summary>The declaring type, fully qualified with its type parameters.</summary>
    public required string DeclaringType { get; init; }

    /// <summary>The declaring type as its <c>Type.GetType</c> name with assembly; only set when it is a static class reached by an accessor.</summary>
    public string? StaticTypeName { get; init; }

    public required string MethodName { get; init; }

    /// <summary>The documentation id, for <c>inheritdoc</c>.</summary>
    public required string DocumentationId { get; init; }

    public required bool IsStatic { get; init; }

    public required bool IsExtension { get; init; }

    public required bool IsUnsafe { get; init; }

    public required Reach Reach { get; init; }

    /// <summary>True when this compilation declares the method with the attribute on it: its entry stands in its type's file.</summary>
    public required bool IsDeclaredHere { get; init; }

    /// <summary>True when an interface declares the method, so that the receiver may be a decorator, which traces by itself.</summary>
    public required bool IsOfInterface { get; init; }

    /// <summary>True when the method is known to be an iterator, whose body runs only when it is enumerated.</summary>
    public required bool IsIterator { get; init; }

    public required EquatableArray<TypeParameterModel> TypeParameters { get; init; }

    public required EquatableArray<ParameterModel> Parameters { get; init; }

    public required ReturnKind Return { get; init; }

    /// <summary>The whole return type.</summary>
    public required string ReturnType { get; init; }

    /// <summary>The type of the result or of a chunk; null when there is none.</summary>
    public string? ResultType { get; init; }

    public required TraceSettings Settings { get; init; }

    public bool HasOptionsParameter => Parameters.Any(static p => p.Role == ParameterRole.Options);

    /// <summary>The file of the generated code that belongs to the declaring type.</summary>
    public string FileName => $"{(Namespace.Length == 0 ? "" : Namespace + ".")}{TypePath}.Traced.g.cs";
}
