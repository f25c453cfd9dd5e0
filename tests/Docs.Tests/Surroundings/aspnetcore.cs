global using Microsoft.AspNetCore.Builder;
global using Microsoft.Extensions.DependencyInjection;
global using static Surroundings;

internal static class Surroundings
{
    public static WebApplication app => default!;

    public static Task<string> AnswerAsync(string question) => Task.FromResult(question);
}
