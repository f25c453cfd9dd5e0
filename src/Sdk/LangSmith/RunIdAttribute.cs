namespace LangSmith;

/// <summary>Marks a property or parameter that takes the id of a run, so that the analyzers LS0001 to LS0003 and LS0005 look at what is given to it.</summary>
/// <remarks>Put it on your own methods that pass a run id on.</remarks>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Field)]
public sealed class RunIdAttribute : Attribute;
