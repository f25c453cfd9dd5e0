using System.Runtime.CompilerServices;

namespace LangSmith.Sdk.Bench.Calls;

/// <summary>The call that is traced: two small arguments, a small result.</summary>
internal static class Work
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Direct(int count, string word) => count + word.Length;

    [Traceable("work")]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Traced(int count, string word) => count + word.Length;
}
