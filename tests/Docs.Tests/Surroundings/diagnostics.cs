global using static Surroundings;

internal static class Surroundings
{
    public static Assistant assistant => default!;

    public static string[] questions => default!;

    public static IQueryable<string> queryable => default!;

    public static DateTimeOffset time => default!;

    public static (DateTimeOffset Time, int Number) order => default!;
}

public class Assistant
{
    [Traceable]
    public virtual string Ask(string question) => question;
}

public static class Models
{
    public static string Complete(string question) => question;
}
