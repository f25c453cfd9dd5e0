global using LangSmith.Redaction;
global using LangSmith.Testing;
global using Xunit;
global using static Surroundings;

internal static class Surroundings
{
    public const string ApiKey = "";

    public static Guid Ticket => default!;

    public static (string Email, string Name) customer => default!;
}

internal sealed class Shop(object? index)
{
    [Traceable]
    public Task<string> AnswerAsync(string question) => Task.FromResult($"{question} {index}");
}
