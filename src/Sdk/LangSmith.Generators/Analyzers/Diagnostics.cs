using System.Reflection;
using Microsoft.CodeAnalysis;

namespace LangSmith.Generators.Analyzers;

/// <summary>Every diagnostic, each with a page under <c>docs/diagnostics/</c>. LS0001 and on are about using code, LS1001 and on about declaring it.</summary>
internal static class Diagnostics
{
    /// <summary>The property under which a diagnostic carries what its code fix needs.</summary>
    public const string Detail = "detail";

    private const string RunIds = "LangSmith.RunIds";
    private const string Tracing = "LangSmith.Tracing";

    /// <summary>Where the pages are: the repository, as the project file has it. Before the diagnostics, which are made in the order of the text.</summary>
    private static readonly string s_pages = typeof(Diagnostics).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static metadata => metadata.Key == "DiagnosticPages").Value!;

    public static readonly DiagnosticDescriptor RandomRunId = Make(
        "LS0001",
        RunIds,
        "A run id should be a UUIDv7",
        "Guid.NewGuid() makes a version 4 id, which does not sort by time: use Uuid7.NewGuid()");

    public static readonly DiagnosticDescriptor UnorderedRunId = Make(
        "LS0002",
        RunIds,
        "A run id should be ordered within a millisecond",
        "Guid.CreateVersion7() makes ids that are not ordered within a millisecond: use {0}");

    public static readonly DiagnosticDescriptor LiteralRunId = Make(
        "LS0003",
        RunIds,
        "A literal is no usable run id",
        "'{0}' {1}");

    public static readonly DiagnosticDescriptor MethodGroup = Make(
        "LS0004",
        Tracing,
        "A traced method is used as a delegate",
        "Calls of '{0}' through a delegate are not traced: use a lambda that calls it, or Traceable.Wrap");

    public static readonly DiagnosticDescriptor FixedRunId = Make(
        "LS0005",
        RunIds,
        "One run id is given to many calls",
        "The run id of '{0}' belongs to the first call only, later ones get fresh ids: give each call options of its own");

    public static readonly DiagnosticDescriptor OpenScope = Make(
        "LS0006",
        Tracing,
        "A scope is not disposed of",
        "What '{0}' begins goes on until it is disposed of: declare it with 'using'");

    public static readonly DiagnosticDescriptor InterfaceCall = Make(
        "LS0007",
        Tracing,
        "A call through an interface is not traced",
        "Only '{1}' has [Traceable], which a call through '{0}' does not see: put it on the interface's method, or register with AddTraced");

    public static readonly DiagnosticDescriptor ExpressionTree = Make(
        "LS0008",
        Tracing,
        "A traced method is called in an expression tree",
        "The call of '{0}' in an expression tree is not traced: whoever reads the tree must find the method itself");

    public static readonly DiagnosticDescriptor BaseCall = Make(
        "LS0009",
        Tracing,
        "A traced method is called as 'base'",
        "The call of '{0}' through 'base' is not traced, because whatever took its place could only call the override");

    public static readonly DiagnosticDescriptor Reflection = Make(
        "LS0010",
        Tracing,
        "A traced method is looked up by reflection",
        "Calls of '{0}' by reflection are not traced: call it from a method that is, or start a run around the call");

    public static readonly DiagnosticDescriptor ForeignAssembly = Make(
        "LS0011",
        Tracing,
        "An assembly was compiled without the generator",
        "'{0}' was compiled without the generator of LangSmith.Sdk: your calls of '{1}' are traced, those inside the assembly are not");

    public static readonly DiagnosticDescriptor GeneratedCall = Make(
        "LS0012",
        Tracing,
        "A traced method is called in generated code",
        "The call of '{0}' stands in what another generator wrote and is not traced: call it from a file of your own, or use AddTraced");

    public static readonly DiagnosticDescriptor NotInterceptable = Make(
        "LS1001",
        Tracing,
        "A method cannot be traced",
        "Calls of '{0}' are not traced, because {1}");

    public static readonly DiagnosticDescriptor NamespaceNotEnabled = Make(
        "LS1002",
        Tracing,
        "Interceptors are not enabled",
        "Calls of '{0}' are not traced: add LangSmith.Generated to the property InterceptorsNamespaces of the project");

    public static readonly DiagnosticDescriptor NotDecorated = Make(
        "LS1003",
        Tracing,
        "A service cannot be decorated",
        "'{0}' throws when it runs, because {1}");

    public static readonly DiagnosticDescriptor UnknownProcessor = Make(
        "LS1004",
        Tracing,
        "A processor of a traced method cannot be called",
        "{0} of '{1}' names '{2}', but there is no such static method that {3}: nothing is captured in its place");

    /// <summary>The page of a diagnostic.</summary>
    public static string PageOf(string id) => $"{s_pages}{id}.md";

    private static DiagnosticDescriptor Make(string id, string category, string title, string message) =>
        new(id, title, message, category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: PageOf(id));
}
