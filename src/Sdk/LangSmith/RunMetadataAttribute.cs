namespace LangSmith;

/// <summary>Adds one entry of metadata to every run of a <see cref="TraceableAttribute">traced</see> method, or of all traced methods of a type.</summary>
/// <remarks>An entry on the method wins over one with the same key on its type; the options of the call win over both.</remarks>
/// <param name="key">The key.</param>
/// <param name="value">A constant: text, number, truth value or null; an enum value is recorded by its name.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, AllowMultiple = true)]
public sealed class RunMetadataAttribute(string key, object? value) : Attribute
{
    /// <summary>Gets the key.</summary>
    public string Key { get; } = key;

    /// <summary>Gets the value.</summary>
    public object? Value { get; } = value;
}
