namespace LangSmith.Server.Domain.Folding;

/// <summary>Reads the fields of writes that are sorted weakest first: the last one that gives a field has it.</summary>
internal readonly struct Registers(IReadOnlyList<RankedEntry> entries)
{
    public T? Value<T>(Func<RunWrite, T?> field)
        where T : struct
    {
        for (var index = entries.Count - 1; index >= 0; index--)
        {
            if (field(entries[index].Write) is { } value)
            {
                return value;
            }
        }

        return null;
    }

    public T? Reference<T>(Func<RunWrite, T?> field)
        where T : class
    {
        for (var index = entries.Count - 1; index >= 0; index--)
        {
            if (field(entries[index].Write) is { } value)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>A text; an empty one is not given, because clients write it where they mean null.</summary>
    public string? Text(Func<RunWrite, string?> field) => Reference(write => field(write) is { Length: > 0 } text ? text : null);

    public JournalEntry? Giving(RunPayload payload)
    {
        for (var index = entries.Count - 1; index >= 0; index--)
        {
            if (entries[index].Entry.Digest.Given.HasFlag(payload))
            {
                return entries[index].Entry;
            }
        }

        return null;
    }

    /// <summary>The strongest write's run id; all are of one run.</summary>
    public Guid RunId => entries[0].Write.RunId;
}
