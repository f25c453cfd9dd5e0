using LangSmith.Generators.Models;
using Microsoft.CodeAnalysis;

namespace LangSmith.Generators.Symbols;

/// <summary>Finds the processors that an attribute names and that cannot be called.</summary>
internal static class ProcessorFaults
{
    private const string TakesArguments = "is at least internal and takes arguments that are captured, by their names";
    private const string TakesValue = "is at least internal and takes one value";

    public static IEnumerable<(string Property, string Named, string Requirement)> Find(IMethodSymbol method, AttributeData attribute)
    {
        var settings = SettingsReader.Read(method, attribute, ModelReader.ReadParameters(method, method));
        return new (string Property, ProcessorModel? Found, string Requirement)[]
        {
            ("ProcessInputs", settings.ProcessInputs, TakesArguments),
            ("ProcessOutputs", settings.ProcessOutputs, TakesValue),
            ("ProcessChunk", settings.ProcessChunk, TakesValue),
            ("ReduceChunks", settings.ReduceChunks, TakesValue),
        }
        .Select(entry => (entry.Property, Named: Named(attribute, entry.Property), entry.Requirement, entry.Found))
        .Where(static entry => entry.Named is not null && entry.Found is null)
        .Select(static entry => (entry.Property, entry.Named!, entry.Requirement));
    }

    private static string? Named(AttributeData attribute, string property) =>
        attribute.NamedArguments.FirstOrDefault(pair => pair.Key == property).Value.Value as string;
}
