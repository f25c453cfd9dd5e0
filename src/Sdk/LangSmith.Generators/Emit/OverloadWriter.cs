using LangSmith.Generators.Models;

namespace LangSmith.Generators.Emit;

/// <summary>Writes the overloads that take the options of one call.</summary>
/// <remarks>
/// The options stand after the last required parameter and are required themselves: as an optional last parameter they would make the
/// overloads of two methods ambiguous (CS0121).
/// </remarks>
internal static class OverloadWriter
{
    /// <summary>Tells whether a method gets an overload.</summary>
    /// <param name="method">The method.</param>
    /// <param name="hasExtensionBlocks">True from C# 14 on; before, only instance and extension methods can have one.</param>
    public static bool Applies(TracedMethodModel method, bool hasExtensionBlocks) =>
        method.Reach != Reach.Accessor && !method.HasOptionsParameter && (hasExtensionBlocks || !method.IsStatic || method.IsExtension);

    /// <summary>Writes the class with the overloads of one type's methods; nothing when none applies.</summary>
    public static void Write(CodeText code, IReadOnlyList<TracedMethodModel> methods, bool hasExtensionBlocks)
    {
        var applying = methods.Where(m => Applies(m, hasExtensionBlocks)).ToArray();
        if (applying.Length == 0)
        {
            return;
        }

        var type = applying[0];
        if (type.Namespace.Length > 0)
        {
            code.Open($"namespace {type.Namespace}");
        }

        var isPublic = applying.Any(static m => m.Reach == Reach.Public);
        code.Line($"/// <summary>Calls of the traced methods of {type.TypePath.Replace('_', '.')} with options of their own.</summary>");
        code.Line(Signature.GeneratedCode);
        code.Open($"{(isPublic ? "public" : "internal")} static partial class {type.TypePath}TracedOverloads");
        for (var index = 0; index < applying.Length; index++)
        {
            if (index > 0)
            {
                code.Line();
            }

            WriteOne(code, applying[index], hasExtensionBlocks);
        }

        code.Close();
        if (type.Namespace.Length > 0)
        {
            code.Close();
        }
    }

    private static void WriteOne(CodeText code, TracedMethodModel method, bool hasExtensionBlocks)
    {
        var access = method.Reach == Reach.Public ? "public" : "internal";
        var call = Signature.EntryCall(method, Signature.Options);
        if (method.IsStatic && !method.IsExtension)
        {
            WriteInBlock(code, method, receiver: "", access + " static", call);
            return;
        }

        if (!method.IsStatic && hasExtensionBlocks)
        {
            // A block keeps the type's own type parameters out of the method's, so that type arguments can be given as before.
            WriteInBlock(code, method, " " + Signature.Receiver, access, call);
            return;
        }

        WriteDocumentation(code, method);
        var parameters = Parameters(method, Signature.ReceiverParameter(method, withThis: true));
        var typeParameters = Signature.TypeParameters(method);
        code.Line($"{access} static {method.ReturnType} @{method.MethodName}{typeParameters}({parameters}){Signature.Constraints(method)} =>");
        code.Line($"    {call};");
    }

    private static void WriteInBlock(CodeText code, TracedMethodModel method, string receiver, string modifiers, string call)
    {
        var ofType = Signature.TypeParameters(method, static p => !p.OfMethod);
        var ofMethod = Signature.TypeParameters(method, static p => p.OfMethod);
        code.Open($"extension{ofType}({method.DeclaringType}{receiver}){Signature.Constraints(method, static p => !p.OfMethod)}");
        WriteDocumentation(code, method);
        var constraints = Signature.Constraints(method, static p => p.OfMethod);
        code.Line($"{modifiers} {method.ReturnType} @{method.MethodName}{ofMethod}({Parameters(method, [])}){constraints} =>");
        code.Line($"    {call};");
        code.Close();
    }

    private static void WriteDocumentation(CodeText code, TracedMethodModel method)
    {
        code.Line($"/// <inheritdoc cref=\"{method.DocumentationId}\"/>");
        code.Line($"/// <param name=\"{Signature.Options}\">The options of this one call, such as its run id.</param>");
    }

    private static string Parameters(TracedMethodModel method, IEnumerable<string> receiver)
    {
        var position = OptionsPosition(method);
        var parameters = method.Parameters.Select(Parameter).ToList();
        parameters.Insert(position, $"global::LangSmith.RunOptions {Signature.Options}");
        return string.Join(", ", receiver.Concat(parameters));
    }

    private static string Parameter(ParameterModel p)
    {
        var modifiers = $"{p.CallerInfo}{(p.IsThis ? "this " : "")}{(p.IsParams ? "params " : p.Modifier)}";
        return $"{modifiers}{p.Type} {p.Identifier}{(p.Default is null ? "" : " = " + p.Default)}";
    }

    /// <summary>Finds the place behind the last required parameter, a cancellation token at the end not counted as one.</summary>
    private static int OptionsPosition(TracedMethodModel method)
    {
        var position = method.Parameters.Count;
        while (position > 0 && method.Parameters[position - 1] is { IsThis: false } p && (p.Default is not null || p.IsParams || p.IsCancellation))
        {
            position--;
        }

        return position;
    }
}
