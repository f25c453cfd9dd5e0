using System.Text;

namespace LangSmith.Sdk.Tests.Export;

public sealed class MultipartTests
{
    [Fact]
    public async Task Flush_RunThatEnded_SendsOnePostWithItsParts()
    {
        await using var server = await MockServer.StartAsync();
        await using var pipeline = Some.Pipeline(server);
        var run = new TestRun(pipeline, "naïve ☂") { Error = "Boom: \"x\"\n at y" }.Start().End();

        await Some.FlushedAsync(pipeline);

        var request = Assert.Single(server.Requests);
        Assert.Equal(("POST", "/runs/multipart"), (request.Method, request.Path));
        Assert.Equal("lsv2_secret", request.Header("x-api-key"));
        Assert.StartsWith("langsmith-dotnet/", request.Header("User-Agent"));
        Assert.Equal(
            [$"post.{run.RunId}", $"post.{run.RunId}.inputs", $"post.{run.RunId}.outputs", $"post.{run.RunId}.extra", $"post.{run.RunId}.error"],
            request.Parts.Select(part => part.Name));
        Assert.All(request.Parts, part => Assert.Equal(part.DeclaredLength, part.Content.Length));
        var main = request.Parts[0].Json;
        Assert.Equal(run.RunId, main.GetProperty("id").GetGuid());
        Assert.Equal(run.DottedOrder, main.GetProperty("dotted_order").GetString());
        Assert.Equal("naïve ☂", main.GetProperty("name").GetString());
        Assert.Equal("2026-11-24T12:00:00.000000Z", main.GetProperty("start_time").GetString());
        Assert.Equal("tests", main.GetProperty("session_name").GetString());
        Assert.False(main.TryGetProperty("parent_run_id", out _));
        Assert.Equal(run.Outputs, Encoding.UTF8.GetString(request.Parts[2].Content));
        Assert.Equal("Boom: \"x\"\n at y", request.Parts[4].Json.GetString());
        Assert.Equal(1, pipeline.Counters.Delivered);
        Some.AssertSettled(pipeline.Counters);
    }

    [Fact]
    public async Task Flush_RunThatEndsLater_SendsPostThenPatch()
    {
        await using var server = await MockServer.StartAsync();
        await using var pipeline = Some.Pipeline(server);
        var run = new TestRun(pipeline).Start();
        await Some.FlushedAsync(pipeline);
        run.End();
        await Some.FlushedAsync(pipeline);

        Assert.Equal([("post", run.RunId), ("patch", run.RunId)], server.Requests.SelectMany(request => request.Operations));
        Assert.DoesNotContain(server.Requests[1].Parts, part => part.Name.EndsWith(".inputs", StringComparison.Ordinal));
        Assert.Equal(2, pipeline.Counters.Delivered);
    }

    [Theory]
    [InlineData("""{"instance_flags":{"zstd_compression_enabled":true,"gzip_body_enabled":true}}""", "zstd")]
    [InlineData("""{"instance_flags":{"gzip_body_enabled":true}}""", "gzip")]
    [InlineData("""{"instance_flags":{}}""", null)]
    [InlineData("{}", null)]
    [InlineData("<html>", null)]
    public async Task Flush_WhatInfoOffers_DecidesTheCompression(string info, string? encoding)
    {
        await using var server = await MockServer.StartAsync();
        server.Info = new Reply(200, Body: info);
        await using var pipeline = Some.Pipeline(server);
        var run = TestRun.Whole(pipeline);

        await Some.FlushedAsync(pipeline);

        var request = Assert.Single(server.Requests);
        Assert.Equal(encoding, request.Header("Content-Encoding"));
        Assert.Equal(run.Inputs, Encoding.UTF8.GetString(request.Parts[1].Content));
    }

    [Fact]
    public async Task Flush_Attachments_AreParts()
    {
        await using var server = await MockServer.StartAsync();
        await using var pipeline = Some.Pipeline(server);
        var bytes = Enumerable.Range(0, 300_000).Select(index => (byte)(index * 7)).ToArray();
        var run = new TestRun(pipeline)
        {
            Attachments = [new("image", "image/png", bytes), new("a \"b\"", "text/plain\r\nX-Evil: 1", new byte[] { 1 })],
        }.Start().End();

        await Some.FlushedAsync(pipeline);

        var parts = Assert.Single(server.Requests).Parts;
        var image = Assert.Single(parts, part => part.Name == $"attachment.{run.RunId}.image");
        Assert.Equal("image/png", image.ContentType);
        Assert.Equal(bytes, image.Content);
        Assert.Equal("application/octet-stream", Assert.Single(parts, part => part.Name == $"attachment.{run.RunId}.a %22b%22").ContentType);
    }

    [Fact]
    public async Task Flush_FeedbackWithTrace_IsAPartAfterItsRun()
    {
        await using var server = await MockServer.StartAsync();
        await using var pipeline = Some.Pipeline(server);
        var run = TestRun.Whole(pipeline);
        var feedback = run.Feedback();
        pipeline.TryEnqueue(feedback);

        await Some.FlushedAsync(pipeline);

        Assert.Equal([("post", run.RunId), ("feedback", feedback.FeedbackId)], Assert.Single(server.Requests).Operations);
        Assert.Equal(2, pipeline.Counters.Delivered);
    }

    [Theory]
    [InlineData(MockServer.FullInfo, false)]
    [InlineData("""{"version":"0.8.9"}""", true)]
    [InlineData("{}", true)]
    public async Task Flush_FeedbackThatCannotBeAPart_IsPostedAfterItsRun(string info, bool withTrace)
    {
        await using var server = await MockServer.StartAsync();
        server.Info = new Reply(200, Body: info);
        await using var pipeline = Some.Pipeline(server);
        var run = TestRun.Whole(pipeline);
        var feedback = run.Feedback(withTrace);
        pipeline.TryEnqueue(feedback);

        await Some.FlushedAsync(pipeline);

        Assert.Equal(["/runs/multipart", "/feedback"], server.Requests.Select(request => request.Path));
        Assert.Equal("score", server.Requests[1].Json.GetProperty("key").GetString());
        Assert.Equal(2, pipeline.Counters.Delivered);
    }
}
