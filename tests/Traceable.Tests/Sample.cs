using System.Runtime.CompilerServices;
using LangSmith;

namespace Traceable.Tests;

/// <summary>Traced methods of every shape.</summary>
internal class Sample
{
    [Traceable]
    public int Add(int left, int right) => left + right;

    [Traceable("renamed", RunType = "tool", Tags = ["a", "b"], ProjectName = "other")]
    [RunMetadata("team", "search")]
    public static string Shout(string text) => text.ToUpperInvariant();

    [Traceable]
    public void Nothing()
    {
    }

    [Traceable]
    public async Task<string> AnswerAsync(string question, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        return $"{question} {Inner(1)}";
    }

    [Traceable]
    public async ValueTask<int> CountAsync(string text)
    {
        await Task.Yield();
        return text.Length;
    }

    [Traceable]
    public static async Task FailAsync()
    {
        await Task.Yield();
        throw new InvalidOperationException("boom");
    }

    [Traceable]
    public virtual T Echo<T>(T value) => value;

    [Traceable]
    public IEnumerable<int> Range(int count)
    {
        for (var index = 0; index < count; index++)
        {
            yield return Inner(index);
        }
    }

    [Traceable(RunType = "llm", ReduceChunks = nameof(Join))]
    public async IAsyncEnumerable<string> StreamAsync(int count, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var index = 0; index < count; index++)
        {
            await Task.Yield();
            yield return $"t{index}";
        }
    }

    [Traceable(ProcessInputs = nameof(Masked), ProcessOutputs = nameof(Short))]
    public string Processed(string secret, int number) => $"{secret} {number}";

    [Traceable]
    public string Hidden(string shown, [NotTraced] string hidden) => shown + hidden;

    [Traceable]
    public Guid? IdOf(RunTree? run = null) => run?.Id;

    [Traceable]
    public Guid? IdWith(RunOptions? options = null) => LangSmith.Traceable.Current?.Id;

    [Traceable]
    private int Inner(int number) => number;

    internal static object Masked(int number) => new { number };

    internal static object Short(string result) => new { length = result.Length };

    internal static string Join(IReadOnlyList<string> chunks) => string.Concat(chunks);
}
