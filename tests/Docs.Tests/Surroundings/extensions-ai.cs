global using Microsoft.Extensions.AI;
global using OpenAI;
global using static Surroundings;

internal static class Surroundings
{
    public static string key => default!;

    public static ChatOptions options => default!;

    public static LangSmithClient langsmith => default!;

    public static IChatClient client => default!;

    public static Microsoft.Agents.AI.AgentSession session => default!;

    public static string Weather(string city) => city;
}
