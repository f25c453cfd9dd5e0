using LangSmith.Generators.Models;
using Microsoft.CodeAnalysis;

namespace LangSmith.Generators.Symbols;

/// <summary>Reads what the attributes of a traced method say.</summary>
internal static class SettingsReader
{
    /// <param name="method">The method whose attributes count: the traced one, or what implements it.</param>
    /// <param name="attribute">Its <c>[Traceable]</c>, its own or inherited.</param>
    /// <param name="parameters">The parameters of the traced method.</param>
    public static TraceSettings Read(IMethodSymbol method, AttributeData attribute, IReadOnlyList<ParameterModel> parameters)
    {
        var named = attribute.NamedArguments.ToDictionary(static pair => pair.Key, static pair => pair.Value, StringComparer.Ordinal);
        var name = Text(named, "Name") ?? (attribute.ConstructorArguments is [{ Value: string given }, ..] ? given : null);
        var processInputs = Text(named, "ProcessInputs");
        var processOutputs = Text(named, "ProcessOutputs");
        var processChunk = Text(named, "ProcessChunk");
        var reduceChunks = Text(named, "ReduceChunks");
        var processors = new ProcessorLookup(method.ContainingType);
        var inputs = processors.FindForInputs(processInputs, parameters);
        var outputs = processors.FindForValue(processOutputs);
        var chunk = processors.FindForValue(processChunk);
        var reducer = processors.FindForValue(reduceChunks);
        var hidesResult = method.GetReturnTypeAttributes().Any(static a => TraceableMethods.IsNamed(a.AttributeClass, "NotTracedAttribute"));

        return new TraceSettings(
            string.IsNullOrEmpty(name) ? method.Name : name!,
            Text(named, "RunType"),
            new EquatableArray<string>(Strings(named, "Tags")),
            new EquatableArray<MetadataEntry>(ReadMetadata(method)),
            Text(named, "ProjectName"),
            // A processor that cannot be called was meant to hide something: then nothing is captured (and LS1004 says so).
            Flag(named, "CaptureInputs") && (processInputs is null) == (inputs is null),
            Flag(named, "CaptureOutputs") && !hidesResult && (processOutputs is null) == (outputs is null)
                && (processChunk is null) == (chunk is null) && (reduceChunks is null) == (reducer is null),
            new EquatableArray<string>(Types(named, "IgnoreExceptions")),
            inputs,
            outputs,
            chunk,
            reducer);
    }

    /// <summary>Reads a text or an enum's member, which counts by its name in lower case.</summary>
    private static string? Text(Dictionary<string, TypedConstant> named, string key)
    {
        if (!named.TryGetValue(key, out var constant) || constant.IsNull)
        {
            return null;
        }

        return constant.Kind == TypedConstantKind.Enum ? TypeText.EnumName(constant)?.ToLowerInvariant() : constant.Value as string;
    }

    private static bool Flag(Dictionary<string, TypedConstant> named, string key) =>
        !named.TryGetValue(key, out var constant) || constant.Value is not false;

    private static IEnumerable<string> Strings(Dictionary<string, TypedConstant> named, string key) =>
        named.TryGetValue(key, out var constant) && !constant.IsNull && constant.Kind == TypedConstantKind.Array
            ? constant.Values.Select(static v => v.Value as string ?? "")
            : [];

    private static IEnumerable<string> Types(Dictionary<string, TypedConstant> named, string key) =>
        named.TryGetValue(key, out var constant) && !constant.IsNull && constant.Kind == TypedConstantKind.Array
            ? constant.Values.Select(static v => v.Value).OfType<ITypeSymbol>().Select(TypeText.Plain)
            : [];

    /// <summary>Gathers the entries, the nearest first: those of the method, then of its type, then of the types around it.</summary>
    private static IEnumerable<MetadataEntry> ReadMetadata(IMethodSymbol method)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (ISymbol? symbol = method; symbol is not null; symbol = symbol.ContainingType)
        {
            foreach (var attribute in symbol.GetAttributes())
            {
                if (TraceableMethods.IsNamed(attribute.AttributeClass, "RunMetadataAttribute")
                    && attribute.ConstructorArguments is [{ Value: string key }, var value]
                    && seen.Add(key))
                {
                    yield return new MetadataEntry(key, TypeText.Constant(value));
                }
            }
        }
    }
}
