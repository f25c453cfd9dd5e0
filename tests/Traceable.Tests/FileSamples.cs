using LangSmith;

namespace Traceable.Tests;

/// <summary>Traced methods that take files.</summary>
internal static class FileSamples
{
    [Traceable]
    public static int Describe(string question, RunAttachment? image, params RunAttachment[] pages) =>
        question.Length + (image?.Content.Length ?? 0) + pages.Length;

    [Traceable]
    public static int Hide([NotTraced] RunAttachment image) => image.Content.Length;

    [Traceable(CaptureInputs = false)]
    public static int Quiet(RunAttachment image) => image.Content.Length;

    [Traceable(ProcessInputs = nameof(Short))]
    public static int Processed(string question, RunAttachment image) => question.Length + image.Content.Length;

    [Traceable]
    public static int Lazy(IEnumerable<RunAttachment> files) => files.Count();

    [Traceable]
    public static int Nested(Request request) => request.Files.Count;

    internal static object Short(string question) => new { length = question.Length };

    /// <summary>A value with files in it.</summary>
    internal sealed record Request(string Question, IReadOnlyList<RunAttachment> Files);
}
