using LangSmith.Generators.Models;

namespace LangSmith.Generators.Emit;

/// <summary>Writes the decorators, and the interceptors of the calls that ask for them.</summary>
internal static class DecoratorWriter
{
    /// <summary>The field with the decorated service.</summary>
    public const string Inner = "__inner";

    private const string Interception = "global::LangSmith.Interception.";
    private const string Services = "global::Microsoft.Extensions.DependencyInjection.";

    /// <summary>Writes the file.</summary>
    /// <param name="sites">All calls of the compilation that ask for a decorator, in the order of their files.</param>
    public static string Write(IReadOnlyList<DecoratorSite> sites)
    {
        var code = CodeText.Begin();
        InterceptorWriter.WriteAttribute(code);
        code.Open($"namespace {KnownNames.GeneratedNamespace}");
        code.Line(Signature.GeneratedCode);
        code.Open("file static class DecoratorInterceptors");
        var groups = sites.GroupBy(static site => (site.Method, site.Decorator)).ToArray();
        for (var index = 0; index < groups.Length; index++)
        {
            if (index > 0)
            {
                code.Line();
            }

            foreach (var site in groups[index])
            {
                code.Line(site.Location.Attribute);
            }

            code.Line(Interceptor(groups[index].Key.Method, groups[index].Key.Decorator));
        }

        code.Close();
        foreach (var decorator in groups.Select(static group => group.Key.Decorator).Distinct())
        {
            code.Line();
            WriteClass(code, decorator);
        }

        code.Close();
        return code.ToString();
    }

    private static string Interceptor(string method, DecoratorModel decorator)
    {
        var name = $"{method}_{decorator.ClassName}";
        var make = $"static inner => new {decorator.ClassName}(inner)";
        return method switch
        {
            "AddTraced" => $"public static {Services}IServiceCollection {name}"
                + $"(this {Services}IServiceCollection services, {Services}ServiceLifetime lifetime) => "
                + $"{Interception}TracedServices.Add<{decorator.Service}, {decorator.Implementation}>(services, lifetime, {make});",
            "DecorateTraced" => $"public static {Services}IServiceCollection {name}(this {Services}IServiceCollection services) => "
                + $"{Interception}TracedServices.Decorate<{decorator.Service}>(services, {make});",
            _ => $"public static {decorator.Service} {name}({decorator.Service} inner) => new {decorator.ClassName}(inner);",
        };
    }

    private static void WriteClass(CodeText code, DecoratorModel decorator)
    {
        code.Line(Signature.GeneratedCode);
        code.Open($"file sealed class {decorator.ClassName} : {decorator.Service}, {Interception}ITracedDecorator<{decorator.Service}>");
        code.Line($"private readonly {decorator.Service} {Inner};");
        code.Line();
        code.Line($"public {decorator.ClassName}({decorator.Service} inner) =>");
        code.Line($"    {Inner} = inner ?? throw new global::System.ArgumentNullException(nameof(inner));");
        code.Line();
        code.Line($"{decorator.Service} {Interception}ITracedDecorator<{decorator.Service}>.Inner => {Inner};");
        foreach (var member in decorator.Members)
        {
            code.Line();
            code.Line($"{member.Heading} {member.Body}");
        }

        // An entry of a method that is declared here stands in its type's file.
        foreach (var entry in decorator.Members.Select(static member => member.Entry).Where(static entry => entry is { IsDeclaredHere: false }))
        {
            code.Line();
            EntryWriter.Write(code, entry!);
        }

        code.Close();
    }
}
