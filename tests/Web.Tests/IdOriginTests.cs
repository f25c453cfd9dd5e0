using LangSmith.Server.Web.Traces;

namespace Web.Tests;

public sealed class IdOriginTests
{
    private static readonly Guid s_span = new("00000000-0000-0000-00f0-67aa0ba902b7");

    [Theory]
    [InlineData("018f2a3c-1111-7222-8333-444455556666", "UUIDv7")]
    [InlineData("018f2a3c-1111-4222-8333-444455556666", "UUIDv4")]
    [InlineData("018f2a3c-1111-5222-8333-444455556666", "UUIDv5")]
    [InlineData("00000000-0000-0000-00f0-67aa0ba902b7", "OpenTelemetry")]
    public void Describe_AnId_NamesItsKind(string id, string expected) =>
        Assert.Contains(expected, IdOrigin.Describe(Guid.Parse(id)), StringComparison.Ordinal);

    [Fact]
    public void Aliases_OfASpan_HaveItsOwnFormAndTheHeader()
    {
        var trace = new Guid("4bf92f35-77b3-4da6-a3ce-929d0e0e4736");
        var aliases = IdOrigin.Aliases(s_span, trace).Select(alias => alias.Text).ToList();
        Assert.Contains("00f067aa0ba902b7", aliases);
        Assert.Contains("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", aliases);
    }
}
