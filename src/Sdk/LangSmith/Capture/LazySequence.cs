using System.Collections;

namespace LangSmith.Capture;

/// <summary>Sequences that do their work while they are read: recording one would do the work twice, or take its items from the application.</summary>
internal static class LazySequence
{
    /// <summary>What is recorded instead.</summary>
    public const string Text = "[a sequence that is made while it is read, so it was not read: pass a list to record it]";

    /// <summary>Tells whether a value is one: an iterator or a step of LINQ, which are their own enumerators, or a query.</summary>
    public static bool Is<T>(T value) => value is IEnumerator or IQueryable;
}
