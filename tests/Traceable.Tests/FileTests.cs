using LangSmith;
using LangSmith.Testing;

namespace Traceable.Tests;

/// <summary>Files among the arguments of traced methods: attached to the run, and not among its inputs.</summary>
public sealed class FileTests
{
    private static readonly RunAttachment s_image = new("image", "image/png", new byte[] { 1, 2, 3 });

    [Fact]
    public void Call_FilesAmongTheArguments_AreAttachedAndNoInputs()
    {
        using var capture = RunCapture.Start();

        Assert.Equal(8, FileSamples.Describe("why", s_image, s_image with { Name = "page 1" }, s_image with { Name = "page 2" }));

        var run = capture.Single("Describe");
        Assert.Equal("""{"question":"why"}""", run.Inputs!.ToJsonString());
        Assert.Equal(["image", "page 1", "page 2"], run.Attachments.Select(file => file.Name));
        Assert.Equal(s_image.Content.ToArray(), run.Attachments[0].Content.ToArray());
    }

    [Fact]
    public void Call_FileThatIsNull_IsLeftOut()
    {
        using var capture = RunCapture.Start();

        FileSamples.Describe("why", null);

        Assert.Empty(capture.Single("Describe").Attachments);
        Assert.Equal("""{"question":"why"}""", capture.Single("Describe").Inputs!.ToJsonString());
    }

    [Fact]
    public void Call_WithProcessInputs_AttachesTheFileAndProcessesTheRest()
    {
        using var capture = RunCapture.Start();

        FileSamples.Processed("why", s_image);

        Assert.Equal("""{"length":3}""", capture.Single("Processed").Inputs!.ToJsonString());
        Assert.Equal("image", Assert.Single(capture.Single("Processed").Attachments).Name);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Call_ArgumentsThatAreNotRecorded_AttachNothing(bool hides)
    {
        using var capture = RunCapture.Start(options => options.HideInputs = hides);

        FileSamples.Hide(s_image);
        FileSamples.Quiet(s_image);
        if (hides)
        {
            FileSamples.Describe("why", s_image);
            LangSmith.Traceable.Wrap((RunAttachment image) => image.Name).Invoke(s_image);
        }

        Assert.NotEmpty(capture.Runs);
        Assert.All(capture.Runs, run => Assert.Empty(run.Attachments));
    }

    [Fact]
    public void Call_SequenceOfFilesThatIsNoCollection_IsNotReadByTracing()
    {
        using var capture = RunCapture.Start();
        var reads = 0;

        Assert.Equal(1, FileSamples.Lazy(Files()));

        Assert.Equal(1, reads);
        Assert.Empty(capture.Single("Lazy").Attachments);
        Assert.Equal("{}", capture.Single("Lazy").Inputs!.ToJsonString());

        IEnumerable<RunAttachment> Files()
        {
            reads++;
            yield return s_image;
        }
    }

    [Fact]
    public void Call_FileInsideAnArgument_IsNamedThere()
    {
        using var capture = RunCapture.Start();

        FileSamples.Nested(new FileSamples.Request("why", [s_image]));

        Assert.Equal(
            """{"request":{"Question":"why","Files":["[file image: image/png, 3 bytes]"]}}""",
            capture.Single("Nested").Inputs!.ToJsonString());
    }
}
