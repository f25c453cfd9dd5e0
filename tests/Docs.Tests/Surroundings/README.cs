global using static Surroundings;

internal static class Surroundings
{
    public static LangSmithClient client => default!;
}
