global using Microsoft.Extensions.AI;
global using static Surroundings;

internal static class Surroundings
{
    public static LangSmithClient client => default!;

    public static IChatClient chatClient => default!;

    public static ChatOptions options => default!;

    public static ChatMessage[] messages => default!;

    public static Assistant assistant => default!;

    public static string Ask(string question) => question;

    public static void Send(Guid id, Uri? page, Uri feedback)
    {
    }
}

internal sealed class Assistant
{
    [Traceable]
    public Task<string> AnswerAsync(string question) => Task.FromResult(question);
}
