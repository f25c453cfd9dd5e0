using LangSmith.Generators.Models;

namespace LangSmith.Generators.Emit;

/// <summary>Writes the interceptors: each takes the place of calls of one traced method and leads to its entry.</summary>
internal static class InterceptorWriter
{
    /// <summary>Writes the file.</summary>
    /// <param name="sites">All calls of the compilation, in the order of their files.</param>
    public static string Write(IReadOnlyList<CallSite> sites)
    {
        var code = CodeText.Begin();
        WriteAttribute(code);
        code.Open($"namespace {KnownNames.GeneratedNamespace}");
        var groups = sites.GroupBy(static site => site.Method).ToArray();
        code.Line(Signature.GeneratedCode);
        code.Open("file static class Interceptors");
        for (var index = 0; index < groups.Length; index++)
        {
            if (index > 0)
            {
                code.Line();
            }

            WriteInterceptor(code, groups[index].Key, groups[index]);
        }

        code.Close();
        foreach (var method in groups.Select(static g => g.Key).Where(static m => !m.IsDeclaredHere))
        {
            code.Line();
            EntryWriter.Write(code, method);
        }

        code.Close();
        return code.ToString();
    }

    private static void WriteInterceptor(CodeText code, TracedMethodModel method, IEnumerable<CallSite> sites)
    {
        foreach (var site in sites)
        {
            code.Line(site.Location.Attribute);
        }

        var parameters = Signature.ReceiverParameter(method, withThis: true).Concat(Signature.Parameters(method, withThis: true));
        code.Line(Signature.Inline);
        var name = method.EntryClass + Signature.TypeParameters(method);
        code.Line($"public static {method.ReturnType} {name}({string.Join(", ", parameters)}){Signature.Constraints(method)} =>");
        code.Line($"    {Signature.EntryCall(method, "null")};");
    }

    /// <summary>Writes the attribute that the compiler looks for; each file has its own.</summary>
    public static void WriteAttribute(CodeText code)
    {
        code.Open("namespace System.Runtime.CompilerServices");
        code.Line("[global::System.AttributeUsage(global::System.AttributeTargets.Method, AllowMultiple = true)]");
        code.Open("file sealed class InterceptsLocationAttribute : global::System.Attribute");
        code.Open("public InterceptsLocationAttribute(int version, string data)");
        code.Close();
        code.Close();
        code.Close();
        code.Line();
    }
}
