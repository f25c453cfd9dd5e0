namespace LangSmith.Generators;

/// <summary>The names by which the generator and the analyzers know the runtime library and the framework.</summary>
internal static class KnownNames
{
    public const string Traceable = "LangSmith.TraceableAttribute";
    public const string NotTraced = "LangSmith.NotTracedAttribute";
    public const string RunMetadata = "LangSmith.RunMetadataAttribute";
    public const string RunId = "LangSmith.RunIdAttribute";
    public const string RunOptions = "LangSmith.RunOptions";
    public const string RunTree = "LangSmith.RunTree";
    public const string TraceableEntry = "LangSmith.Traceable";
    public const string TracerInterface = "LangSmith.ILangSmithTracer";
    public const string Uuid7 = "LangSmith.Uuid7";

    /// <summary>The runtime library's assembly.</summary>
    public const string RuntimeAssembly = "LangSmith.Sdk";

    /// <summary>The namespace of generated code, which the project has to allow in <c>InterceptorsNamespaces</c>.</summary>
    public const string GeneratedNamespace = "LangSmith.Generated";

    /// <summary>The generated file with the interceptors.</summary>
    public const string InterceptorsFile = "LangSmith.Interceptors.g.cs";

    /// <summary>The key of the assembly metadata by which a consumer sees that an assembly was compiled with the generator.</summary>
    public const string AssemblyMark = "LangSmith.Generators";
}
