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

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static async Task<int> DirectAsync(int count, string word)
    {
        await Task.CompletedTask;
        return count + word.Length;
    }

    [Traceable("work")]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static async Task<int> TracedAsync(int count, string word)
    {
        await Task.CompletedTask;
        return count + word.Length;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static async Task<int> YieldAsync(int count, string word)
    {
        await Task.Yield();
        return count + word.Length;
    }

    [Traceable("work")]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static async Task<int> TracedYieldAsync(int count, string word)
    {
        await Task.Yield();
        return count + word.Length;
    }
}
