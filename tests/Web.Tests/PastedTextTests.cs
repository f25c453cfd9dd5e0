using LangSmith.Server.Web.Search;

namespace Web.Tests;

public sealed class PastedTextTests
{
    private static readonly Guid s_id = new("018f2a3c-1111-7222-8333-444455556666");

    [Theory]
    [InlineData("018f2a3c-1111-7222-8333-444455556666")]
    [InlineData("018f2a3c111172228333444455556666")]
    [InlineData("  018F2A3C-1111-7222-8333-444455556666\n")]
    [InlineData("urn:uuid:018f2a3c-1111-7222-8333-444455556666")]
    [InlineData("{018f2a3c-1111-7222-8333-444455556666}")]
    [InlineData("lc_run--018f2a3c-1111-7222-8333-444455556666")]
    [InlineData("run-018f2a3c-1111-7222-8333-444455556666-0")]
    [InlineData("https://x.test/o/00000000-0000-7000-8000-000000000001/projects/p/018f0000-0000-7000-8000-000000000002/r/018f2a3c-1111-7222-8333-444455556666?trace_id=018f0000-0000-7000-8000-000000000003")]
    [InlineData("INFO run id=018f2a3c-1111-7222-8333-444455556666 failed")]
    [InlineData("https://x.test/o/00000000-0000-7000-8000-000000000001/projects/p/018f0000-0000-7000-8000-000000000002?peek=018f2a3c-1111-7222-8333-444455556666&peeked_trace=018f0000-0000-7000-8000-000000000003")]
    [InlineData("https://x.test/public/018f0000-0000-4000-8000-000000000009/r/018f2a3c-1111-7222-8333-444455556666")]
    [InlineData("20240101T000000000000Z018f0000-0000-7000-8000-000000000003.20240101T000000000001Z018f2a3c-1111-7222-8333-444455556666")]
    [InlineData("""{"id": "018f2a3c-1111-7222-8333-444455556666", "trace_id": "018f0000-0000-7000-8000-000000000003"}""")]
    [InlineData("/r/018f2a3c111172228333444455556666%3Ftab=raw")]
    public void Ids_AnyForm_TheRunComesFirst(string text) => Assert.Equal(s_id, PastedText.Ids(text)[0]);

    [Fact]
    public void Ids_TraceParent_SpanThenTrace() => Assert.Equal(
        [new Guid("00000000-0000-0000-00f0-67aa0ba902b7"), new Guid("4bf92f35-77b3-4da6-a3ce-929d0e0e4736")],
        PastedText.Ids("traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));

    [Fact]
    public void Ids_SpanId_BehindZeros() => Assert.Equal([new Guid("00000000-0000-0000-00f0-67aa0ba902b7")], PastedText.Ids("00f067aa0ba902b7"));

    [Theory]
    [InlineData("")]
    [InlineData("refund policy")]
    [InlineData("018f2a3c-1111-7222-8333-44445555666")]
    [InlineData("sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    public void Ids_NoId_None(string text) => Assert.Empty(PastedText.Ids(text));
}
