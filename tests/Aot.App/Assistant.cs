using System.Text.Json.Serialization;
using LangSmith;

namespace Aot.App;

/// <summary>A service that is decorated.</summary>
public interface IAnswers
{
    [Traceable("decorated")]
    Task<Answer> FindAsync(Question question);
}

/// <summary>An input.</summary>
/// <param name="Text">The text.</param>
public sealed record Question(string Text);

/// <summary>An output.</summary>
/// <param name="Text">The text.</param>
/// <param name="Score">How sure.</param>
public sealed record Answer(string Text, double Score);

/// <summary>How the application's own types are written without reflection.</summary>
[JsonSerializable(typeof(Question))]
[JsonSerializable(typeof(Answer))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(List<string>))]
internal sealed partial class AppJson : JsonSerializerContext;

/// <summary>Traced methods of the shapes that need something of the runtime.</summary>
public sealed class Assistant(IAnswers answers)
{
    [Traceable(RunType = "chain", Tags = ["aot"])]
    public async Task<Answer> AskAsync(Question question, int retries = 1)
    {
        await Task.Yield();
        return await answers.FindAsync(Echo(question with { Text = Hidden(question.Text) }));
    }

    [Traceable]
    public async IAsyncEnumerable<string> StreamAsync(string text)
    {
        foreach (var word in text.Split(' '))
        {
            await Task.Yield();
            yield return word;
        }
    }

    [Traceable]
    private static string Hidden(string text) => text + "?";

    [Traceable]
    private static T Echo<T>(T value) => value;
}

/// <summary>What is decorated.</summary>
public sealed class Answers : IAnswers
{
    public Task<Answer> FindAsync(Question question) => Task.FromResult(new Answer("because", 0.5));
}
