using System.Runtime.CompilerServices;
using LangSmith;

namespace Traceable.Tests;

/// <summary>A traced interface.</summary>
public interface IGreeter
{
    [Traceable]
    string Greet(string name);
}

/// <summary>Implements the traced interface without saying so.</summary>
public sealed class Greeter : IGreeter
{
    public string Greet(string name) => $"hello {name}";
}

/// <summary>A traced method to override.</summary>
internal class Animal
{
    [Traceable(ProcessInputs = nameof(Loud))]
    public virtual string Speak(string word) => word;

    internal static object Loud(string word) => new { word = word.ToUpperInvariant() };
}

/// <summary>Overrides it, and calls what it overrides.</summary>
internal sealed class Dog : Animal
{
    public override string Speak(string word) => base.Speak(word) + "!";
}

/// <summary>Extension methods.</summary>
internal static class TextExtensions
{
    [Traceable]
    public static int CountOf(this string text, char letter) => text.Count(each => each == letter);
}

/// <summary>A generic type with nested ones.</summary>
internal static class Outer
{
    internal sealed class Box<T>(T content)
        where T : notnull
    {
        [Traceable]
        public Dictionary<T, TOther> With<TOther>(TOther other) => new() { [content] = other };

        [Traceable]
        private T Open() => content;

        public T OpenIt() => Open();
    }
}

/// <summary>Methods whose parameters are the point.</summary>
internal static class Parameters
{
    [Traceable]
    public static string Defaults(string text, int count = 2, string separator = "-") => string.Join(separator, Enumerable.Repeat(text, count));

    [Traceable]
    public static int Sum(string label, params int[] numbers) => numbers.Sum() + (label.Length * 0);

    [Traceable]
    public static int Keyword(int @class, int @event) => @class + @event;

    [Traceable]
    public static int Spans(ReadOnlySpan<char> text, Span<int> numbers, Memory<int> kept) => text.Length + numbers.Length + kept.Length;

    [Traceable]
    public static bool TryDouble(int number, out int doubled)
    {
        doubled = number * 2;
        return true;
    }

    [Traceable]
    public static void Increment(ref int number) => number++;

    [Traceable]
    public static string Caller([CallerMemberName] string caller = "") => caller;

    [Traceable]
    [return: NotTraced]
    public static string Secret() => "secret";

    [Traceable(IgnoreExceptions = [typeof(KeyNotFoundException)])]
    public static int Missing() => throw new KeyNotFoundException("missing");

    [Traceable(CaptureInputs = false, CaptureOutputs = false)]
    public static string Quiet(string secret) => secret;

    [Traceable(ProcessInputs = nameof(Broken), ProcessOutputs = nameof(BrokenResult))]
    public static string BadlyProcessed(string secret) => secret;

    internal static object Broken(string secret) => throw new InvalidOperationException(secret);

    internal static object BrokenResult(string secret) => throw new InvalidOperationException(secret);

    [Traceable(ProcessChunk = nameof(Half), ReduceChunks = nameof(Total))]
    public static IEnumerable<int> Chunks()
    {
        yield return 2;
        yield return 4;
    }

    internal static int Half(int chunk) => chunk / 2;

    internal static object Total(IReadOnlyList<int> chunks) => new { total = chunks.Sum() };

    [Traceable]
    public static IReadOnlyList<int> NoStream() => [1, 2];

    [Traceable]
    public static async Task<IEnumerable<int>> LazyAsync(IEnumerable<int> numbers)
    {
        await Task.Yield();
        return numbers.Select(number => number + 1);
    }

    [Traceable]
    public static Task NotAsync(int number) => number < 0 ? throw new ArgumentOutOfRangeException(nameof(number)) : Task.CompletedTask;

    [Traceable]
    public static async ValueTask PlainAsync() => await Task.Yield();
}

/// <summary>Metadata of a whole type.</summary>
[RunMetadata("team", "search")]
[RunMetadata("level", 1)]
internal sealed class Described
{
    [Traceable]
    [RunMetadata("level", 2)]
    public static void Run()
    {
    }
}

/// <summary>A method in two parts.</summary>
internal static partial class Parts
{
    [Traceable]
    public static partial int Twice(int number);

    public static partial int Twice(int number) => number * 2;
}
