using LangSmith.Generators.Models;
using LangSmith.Generators.Symbols;

namespace LangSmith.Generators.Emit;

/// <summary>Writes the call of the traced method itself, through an accessor where it is private or protected.</summary>
internal static class AccessorWriter
{
    private const string Attribute = "global::System.Runtime.CompilerServices.UnsafeAccessor";

    /// <summary>The call of the traced method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="runFallback">What a <c>RunTree?</c> parameter receives when the caller left it null.</param>
    public static string Target(TracedMethodModel method, string runFallback)
    {
        var arguments = method.Parameters.Select(p => p.Role == ParameterRole.Run && p.Modifier.Length == 0 ? $"{p.Identifier} ?? {runFallback}" : p.Argument);
        var typeArguments = Signature.TypeParameters(method, static p => p.OfMethod);
        if (method.Reach != Reach.Accessor)
        {
            var target = method.IsStatic ? method.DeclaringType : Signature.Receiver;
            return $"{target}.@{method.MethodName}{typeArguments}({string.Join(", ", arguments)})";
        }

        var receiver = method.IsStatic ? $"default({(method.StaticTypeName is null ? method.DeclaringType : "object")})" : Signature.Receiver;
        var accessor = $"Accessor{Signature.TypeParameters(method, static p => !p.OfMethod)}";
        return $"{accessor}.Reach{typeArguments}({string.Join(", ", new[] { receiver }.Concat(arguments))})";
    }

    /// <summary>Writes the accessor; nothing for a method that can be named.</summary>
    public static void Write(CodeText code, TracedMethodModel method)
    {
        if (method.Reach != Reach.Accessor)
        {
            return;
        }

        // The accessor's class takes the type parameters of the declaring type, the accessor those of the method: the runtime matches them by place.
        var ofType = Signature.TypeParameters(method, static p => !p.OfMethod);
        var ofMethod = Signature.TypeParameters(method, static p => p.OfMethod);
        var target = method.StaticTypeName is { } name
            ? $"[global::System.Runtime.CompilerServices.UnsafeAccessorType({TypeText.Literal(name)})] object? {Signature.Receiver}"
            : $"{method.DeclaringType} {Signature.Receiver}";
        var parameters = new[] { target }.Concat(Signature.Parameters(method, withThis: false));

        code.Line();
        code.Open($"private static class Accessor{ofType}{Signature.Constraints(method, static p => !p.OfMethod)}");
        code.Line($"[{Attribute}({Attribute}Kind.{(method.IsStatic ? "StaticMethod" : "Method")}, Name = {TypeText.Literal(method.MethodName)})]");
        var constraints = Signature.Constraints(method, static p => p.OfMethod);
        code.Line($"public static extern {method.ReturnType} Reach{ofMethod}({string.Join(", ", parameters)}){constraints};");
        code.Close();
    }
}
