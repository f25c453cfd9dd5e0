namespace Server.Tests.Support;

/// <summary>Names the operations that a test proves, as <c>METHOD /canonical/path</c>; the compatibility page lists them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProvesAttribute(params string[] operations) : Attribute
{
    public IReadOnlyList<string> Operations { get; } = operations;
}
