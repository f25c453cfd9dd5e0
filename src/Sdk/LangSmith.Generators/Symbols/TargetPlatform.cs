using Microsoft.CodeAnalysis;

namespace LangSmith.Generators.Symbols;

/// <summary>What the platform that a compilation targets offers to generated code.</summary>
/// <param name="HasGenericAccessor">Generic <c>UnsafeAccessor</c> methods, from .NET 9 on.</param>
/// <param name="HasTypeAccessor"><c>UnsafeAccessorType</c>, from .NET 10 on.</param>
internal readonly record struct TargetPlatform(bool HasGenericAccessor, bool HasTypeAccessor)
{
    public static TargetPlatform Of(Compilation compilation)
    {
        var version = compilation.GetSpecialType(SpecialType.System_Object).ContainingAssembly.Identity.Version.Major;
        return new TargetPlatform(version >= 9, version >= 10);
    }
}
