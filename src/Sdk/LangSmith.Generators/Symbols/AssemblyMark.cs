using Microsoft.CodeAnalysis;

namespace LangSmith.Generators.Symbols;

/// <summary>The mark of an assembly that was compiled with the generator, so that calls inside it are traced too.</summary>
internal static class AssemblyMark
{
    public static string Code => $"[assembly: global::System.Reflection.AssemblyMetadata(\"{KnownNames.AssemblyMark}\", \"1\")]";

    public static bool IsOn(IAssemblySymbol assembly) => assembly.GetAttributes().Any(static attribute =>
        attribute is { AttributeClass.Name: "AssemblyMetadataAttribute", ConstructorArguments: [{ Value: KnownNames.AssemblyMark }, ..] });
}
