using CsCheck;

namespace LangSmith.Protocol.Tests.Ids;

public sealed class RunIdTests
{
    private static readonly Gen<Guid> s_ids = Gen.Guid;

    [Fact]
    public void TryParse_EveryPastedForm_ReadsTheId() =>
        s_ids.Sample(id => Forms(id).All(form => RunId.TryParse(form, out var read) && read == id));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("not-a-uuid")]
    [InlineData("0190a0b0-c0d0-7123-8456-789abcdef01")]
    [InlineData("0190a0b0-c0d0-7123-8456-789abcdef0123")]
    [InlineData("0190a0b0c0d071238456789abcdef01g")]
    [InlineData("urn:uuid:")]
    [InlineData("urn:isbn:0190a0b0-c0d0-7123-8456-789abcdef012")]
    [InlineData("{0190a0b0-c0d0-7123-8456-789abcdef012")]
    [InlineData("{0x0190a0b0,0xc0d0,0x7123,{0x84,0x56,0x78,0x9a,0xbc,0xde,0xf0,0x12}}")]
    public void TryParse_NoUuid_IsFalse(string text)
    {
        Assert.False(RunId.TryParse(text, out var id));
        Assert.Equal(Guid.Empty, id);
        Assert.Contains("no UUID", Assert.Throws<FormatException>(() => RunId.Parse(text)).Message);
    }

    [Fact]
    public void TryParse_Null_IsFalse() => Assert.False(RunId.TryParse(null, out _));

    [Fact]
    public void TryParse_NilUuid_IsRead()
    {
        Assert.True(RunId.TryParse("00000000-0000-0000-0000-000000000000", out var id));
        Assert.Equal(Guid.Empty, id);
    }

    [Fact]
    public void TryParse_AnyText_NeverThrows() =>
        Gen.String[Gen.Char["0123456789abcdefABCDEFx-{}(), :urnid"], 0, 70].Sample(text => RunId.TryParse(text, out _) || true);

    private static string[] Forms(Guid id) =>
    [
        id.ToString("D"), id.ToString("N"), id.ToString("B"), id.ToString("P"),
        id.ToString("D").ToUpperInvariant(), id.ToString("N").ToUpperInvariant(),
        $"urn:uuid:{id:D}", $"URN:UUID:{id.ToString("D").ToUpperInvariant()}", $"  {id:D}\n",
    ];
}
