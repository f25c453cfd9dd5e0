namespace LangSmith.Generators.Models;

/// <summary>An entry of metadata from an attribute.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value as source text.</param>
internal sealed record MetadataEntry(string Key, string Value);
