namespace LangSmith;

/// <summary>
/// Keeps a parameter of a <see cref="TraceableAttribute">traced</see> method, or a property of a captured object, out of the recorded inputs
/// and outputs.
/// </summary>
/// <remarks>On the return value it is the same as <see cref="TraceableAttribute.CaptureOutputs"/> set to false.</remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue | AttributeTargets.Property)]
public sealed class NotTracedAttribute : Attribute;
