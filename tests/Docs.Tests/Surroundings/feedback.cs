global using static Surroundings;

internal static class Surroundings
{
    public static LangSmithClient client => default!;

    public static Guid runId => default!;

    public static Guid judgeRunId => default!;
}
