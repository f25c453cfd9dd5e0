namespace LangSmith.Server.Ingest.Otlp;

/// <summary>Bounds on what foreign spans may make the server build.</summary>
internal static class OtlpLimits
{
    /// <summary>Nesting of attribute values; deeper ones are cut.</summary>
    public const int ValueDepthMax = 32;

    /// <summary>The largest index in an attribute name such as <c>gen_ai.prompt.7.role</c>; larger ones stay plain attributes.</summary>
    public const int IndexMax = 4_096;

    /// <summary>An instant of OTLP; null when it is zero, which means unset.</summary>
    public static DateTimeOffset? Time(ulong unixNanoseconds)
    {
        // 64 bits of nanoseconds end in the year 2554, well inside .NET's range.
        var ticks = unixNanoseconds / 100;
        return ticks == 0 ? null : DateTimeOffset.UnixEpoch.AddTicks((long)ticks);
    }
}
