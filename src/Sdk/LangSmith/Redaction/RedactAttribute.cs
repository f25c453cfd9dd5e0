namespace LangSmith;

/// <summary>Keeps a property out of everything that is captured.</summary>
/// <remarks>Works for types that are captured by reflection. Parameters of traced methods are left out with <c>[NotTraced]</c>.</remarks>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class RedactAttribute : Attribute;
