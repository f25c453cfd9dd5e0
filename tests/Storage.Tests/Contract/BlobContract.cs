using LangSmith.Server.Storage.Tests.Support;

namespace LangSmith.Server.Storage.Tests.Contract;

/// <summary>Blobs: named by their bytes, whole or not at all.</summary>
public abstract class BlobContract<TEngine> : StoreContract<TEngine>
    where TEngine : Engine, new()
{
    private IBlobStore Blobs => Engine.Blobs;

    [Fact]
    public async Task PutAsync_SameBytesTwice_IsOneBlob()
    {
        var one = await PutAsync([1, 2, 3], bytesMax: 3);
        var other = await PutAsync([1, 2, 3], bytesMax: 100);
        await Engine.ReopenAsync();

        Assert.Equal((one.Blob, 3L), other);
        Assert.Equal([1, 2, 3], await ReadAsync(one.Blob));
    }

    [Fact]
    public async Task PutAsync_OverTheLimit_ThrowsAndLeavesNothing()
    {
        await Assert.ThrowsAsync<BlobTooLargeException>(() => PutAsync([1, 2, 3, 4], bytesMax: 3));

        var name = (await PutAsync([1, 2, 3], bytesMax: 3)).Blob;
        Assert.Single(Directory.EnumerateFiles(Engine.Folder, "*", SearchOption.AllDirectories), path => Path.GetFileName(path) == name);
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    public async Task OpenAsync_UnknownName_IsNull(string name) => Assert.Null(await Blobs.OpenAsync(name, Cancellation));

    private Task<(string Blob, long SizeBytes)> PutAsync(byte[] bytes, long bytesMax) =>
        Blobs.PutAsync(new MemoryStream(bytes), bytesMax, Cancellation);

    private async Task<byte[]> ReadAsync(string blob)
    {
        await using var stream = await Blobs.OpenAsync(blob, Cancellation);
        using var copy = new MemoryStream();
        await stream!.CopyToAsync(copy, Cancellation);
        return copy.ToArray();
    }
}
