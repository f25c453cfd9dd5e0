global using LangSmith.Redaction;
global using static Surroundings;

internal static class Surroundings
{
    public static LangSmithOptions options => default!;

    public static string secret => default!;
}
