global using Microsoft.Extensions.AI;
global using OpenAI;
global using static Surroundings;

internal static class Surroundings
{
    public static string key => default!;

    public static ChatOptions options => default!;

    public static LangSmithClient langsmith => default!;
}
