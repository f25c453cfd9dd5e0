using CsCheck;

namespace LangSmith.Protocol.Tests.Wire;

public sealed class MultipartPartTests
{
    private const string Id = "0190a0b0-c0d0-7123-8456-789abcdef012";

    [Theory]
    [InlineData($"post.{Id}", MultipartPartKind.Post, Id, null)]
    [InlineData($"patch.{Id}", MultipartPartKind.Patch, Id, null)]
    [InlineData($"patch.{Id}.inputs", MultipartPartKind.Patch, Id, "inputs")]
    [InlineData($"attachment.{Id}.photo.old.png", MultipartPartKind.Attachment, Id, "photo.old.png")]
    [InlineData($"feedback.{Id}", MultipartPartKind.Feedback, Id, null)]
    [InlineData("feedback.any text", MultipartPartKind.Feedback, "any text", null)]
    public void TryParse_Grammar_IsRead(string name, MultipartPartKind kind, string id, string? field)
    {
        Assert.True(MultipartPart.TryParse(name, out var part));
        Assert.Equal(new MultipartPart(kind, id, field), part);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("post")]
    [InlineData("post.")]
    [InlineData("post..inputs")]
    [InlineData($"attachment.{Id}")]
    [InlineData($"POST.{Id}")]
    [InlineData($"delete.{Id}")]
    [InlineData($".{Id}")]
    public void TryParse_OtherNames_AreRefused(string? name)
    {
        Assert.False(MultipartPart.TryParse(name, out var part));
        Assert.Equal(default, part);
    }

    [Fact]
    public void ToString_AnyPart_IsReadBack() =>
        Gen.Select(Gen.Enum<MultipartPartKind>(), Gen.Guid, Gen.String[Gen.Char.AlphaNumeric, 1, 12].Array[1, 3])
            .Select((kind, id, field) => new MultipartPart(kind, $"{id:D}", kind == MultipartPartKind.Feedback ? null : string.Join('.', field)))
            .Sample(part => MultipartPart.TryParse(part.ToString(), out var read) && read == part);
}
