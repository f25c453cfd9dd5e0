global using System.Diagnostics;
global using OpenTelemetry;
global using OpenTelemetry.Trace;
global using static Surroundings;

internal static class Surroundings
{
    public static ActivitySource source => default!;

    public static Guid runId => default!;
}
