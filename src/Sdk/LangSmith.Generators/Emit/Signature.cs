using LangSmith.Generators.Models;

namespace LangSmith.Generators.Emit;

/// <summary>The parts of the signatures that stand in for a traced method.</summary>
internal static class Signature
{
    private const string Compiler = "global::System.Runtime.CompilerServices.";

    public const string GeneratedCode = "[global::System.CodeDom.Compiler.GeneratedCode(\"LangSmith.Generators\", \"1.0\")]";
    public const string Inline = $"[{Compiler}MethodImpl({Compiler}MethodImplOptions.AggressiveInlining)]";
    public const string RunOptions = "global::LangSmith.RunOptions?";

    /// <summary>The receiver's name; no C# parameter can have it by accident.</summary>
    public const string Receiver = "__receiver";

    /// <summary>The name of the added options.</summary>
    public const string Options = "__options";

    /// <summary>The type parameters with their brackets; empty when there are none.</summary>
    public static string TypeParameters(TracedMethodModel method, Func<TypeParameterModel, bool>? which = null)
    {
        var names = method.TypeParameters.Where(which ?? (static _ => true)).Select(static p => p.Name).ToArray();
        return names.Length == 0 ? "" : $"<{string.Join(", ", names)}>";
    }

    /// <summary>The constraints with a blank in front; empty when there are none.</summary>
    public static string Constraints(TracedMethodModel method, Func<TypeParameterModel, bool>? which = null) =>
        string.Concat(method.TypeParameters
            .Where(which ?? (static _ => true))
            .Where(static p => p.Constraints.Length > 0)
            .Select(static p => $" where {p.Name} : {p.Constraints}"));

    /// <summary>The parameters without defaults: what an interceptor and an accessor have.</summary>
    public static IEnumerable<string> Parameters(TracedMethodModel method, bool withThis) =>
        method.Parameters.Select(p => $"{(withThis && p.IsThis ? "this " : "")}{p.Modifier}{p.Type} {p.Identifier}");

    /// <summary>The receiver as a parameter; nothing for a static method.</summary>
    public static IEnumerable<string> ReceiverParameter(TracedMethodModel method, bool withThis) =>
        method.IsStatic ? [] : [$"{(withThis ? "this " : "")}{method.DeclaringType} {Receiver}"];

    /// <summary>The arguments of a call of the generated entry.</summary>
    public static string EntryArguments(TracedMethodModel method, string options)
    {
        var arguments = method.IsStatic ? [] : new List<string> { Receiver };
        arguments.AddRange(method.Parameters.Select(static p => p.Argument));
        arguments.Add(options);
        return string.Join(", ", arguments);
    }

    /// <summary>A call of the generated entry.</summary>
    public static string EntryCall(TracedMethodModel method, string options) =>
        $"global::{KnownNames.GeneratedNamespace}.{method.EntryClass}.Call{TypeParameters(method)}({EntryArguments(method, options)})";
}
