using System.Text;
using LangSmith.Sdk.Tests.Export;
using LangSmith.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace LangSmith.Sdk.Tests.Tracing;

/// <summary>Files of runs.</summary>
public sealed class AttachmentTests
{
    [Fact]
    public async Task Attach_BeforeAndAfterTheRunWasSent_EachFileLeavesOnce()
    {
        await using var server = await MockServer.StartAsync();
        await using var tracer = Some.Tracer(server);
        var run = tracer.StartRun("run");
        run.Attach("early", "text/plain", "1"u8.ToArray());
        await Some.FlushedAsync(tracer);
        run.Attach("late", "text/plain", "2"u8.ToArray());
        run.Dispose();
        await Some.FlushedAsync(tracer);

        Assert.Equal(
            [[$"attachment.{run.Id}.early"], [$"attachment.{run.Id}.late"]],
            server.Requests.Select(request => request.Parts.Select(part => part.Name).Where(name => name.StartsWith("attachment.", StringComparison.Ordinal))));
    }

    [Fact]
    public void AttachFile_NotAllowed_IsNotReadAndTheRunIsSent()
    {
        using var capture = RunCapture.Start();
        var path = Path.GetTempFileName();
        try
        {
            // Held so that nobody could read it.
            using var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            using (var run = Traceable.StartRun("run"))
            {
                run.AttachFile("file", "text/plain", path);
            }
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Empty(capture.Single("run").Attachments);
        Assert.NotNull(capture.Single("run").EndTime);
    }

    [Fact]
    public void AttachFile_AllowedAndLate_IsInTheLastUpdate()
    {
        using var capture = RunCapture.Start(options => options.AllowFileAttachments = true);
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "content");
            using var run = Traceable.StartRun("run");
            Assert.Empty(capture.Single("run").Attachments);
            run.AttachFile("file", "text/plain", path);
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Equal("content", Encoding.UTF8.GetString(Assert.Single(capture.Single("run").Attachments).Content.Span));
    }

    [Fact]
    public void AttachFile_ThatIsNotThere_IsLeftOut()
    {
        using var capture = RunCapture.Start(options => options.AllowFileAttachments = true);

        using (var run = Traceable.StartRun("run"))
        {
            run.AttachFile("file", "text/plain", Path.Combine(Path.GetTempPath(), Uuid7.NewGuid().ToString()));
        }

        Assert.Empty(capture.Single("run").Attachments);
    }

    [Fact]
    public void Attach_Stream_IsReadAtOnceAndLeftOpen()
    {
        using var capture = RunCapture.Start();
        using var stream = new MemoryStream([1, 2, 3]);

        using (var run = Traceable.StartRun("run"))
        {
            run.Attach("file", "application/octet-stream", stream);
            stream.SetLength(0);
        }

        Assert.Equal([1, 2, 3], Assert.Single(capture.Single("run").Attachments).Content.ToArray());
        Assert.True(stream.CanRead);
    }

    [Fact]
    public void Attach_StreamThatThrows_IsLeftOutWithAWarning()
    {
        var log = new FakeLogCollector();
        using var capture = RunCapture.Start(options => options.LoggerFactory = new LoggerFactory([new FakeLoggerProvider(log)]));

        using (var run = Traceable.StartRun("run"))
        {
            run.Attach("file", "application/octet-stream", new Broken());
            run.End("went on");
        }

        Assert.Empty(capture.Single("run").Attachments);
        Assert.Equal("went on", (string?)capture.Single("run").Outputs!["output"]);
        Assert.Equal(1012, Assert.Single(log.GetSnapshot()).Id.Id);
    }

    [Fact]
    public void Attach_NameWithDotsOrTwice_IsMadeFitAndTheLastOneCounts()
    {
        using var capture = RunCapture.Start();

        using (var run = Traceable.StartRun("run"))
        {
            run.Attach("note.txt", "text/plain", "1"u8.ToArray());
            run.Attach("note.txt", "text/plain", "22"u8.ToArray());
        }

        Assert.Equal(("note_txt", 2), Assert.Single(capture.Single("run").Attachments.Select(file => (file.Name, file.Content.Length))));
    }

    /// <summary>A stream over something that fails in its own way.</summary>
    private sealed class Broken : MemoryStream
    {
        public override void CopyTo(Stream destination, int bufferSize) => throw new InvalidOperationException("broken");
    }
}
