using System.Text.Json;
using CsCheck;
using static LangSmith.Server.Domain.Tests.Folding.Journal;

namespace LangSmith.Server.Domain.Tests.Folding;

/// <summary>Writes that do not conflict commute: at most one post and one patch of each attempt give one state in any order.</summary>
public sealed class RunFoldPropertyTests
{
    private static readonly Gen<string?> s_text = Gen.Int[0, 3].Select(letter => letter == 0 ? null : $"{letter}");

    private static readonly Gen<ReadOnlyMemory<byte>> s_object =
        Gen.Select(Gen.Bool, Gen.Int[0, 3], Gen.Int[0, 9]).Select((given, key, value) => given ? Json($$"""{"k{{key}}":{{value}}}""") : default);

    private static readonly Gen<ReadOnlyMemory<byte>> s_extra =
        Gen.Select(Gen.Bool, Gen.Int[0, 3], Gen.Int[0, 9])
            .Select((given, key, value) => given ? Json($$$"""{"metadata":{"k{{{key}}}":{{{value}}}},"k{{{key}}}":{{{value}}}}""") : default);

    private static readonly Gen<RunWrite> s_fields =
        from name in s_text
        from error in s_text
        from tags in s_text
        from end in Gen.Int[0, 3]
        from inputs in s_object
        from outputs in s_object
        from extra in s_extra
        select Patch() with
        {
            Name = name,
            Error = error,
            Tags = tags is null ? null : [tags],
            EndTime = end == 0 ? null : Start.AddSeconds(end),
            Inputs = inputs,
            Outputs = outputs,
            Extra = extra,
        };

    private static readonly Gen<RunWrite[]> s_writes =
        from attempts in Gen.Int[1, 3]
        from fields in s_fields.Array[attempts * 2]
        select fields
            .Select((write, index) => index % 2 == 0
                ? write with { Kind = RunWriteKind.Post, StartTime = Post(index / 2).StartTime, DottedOrder = Post(index / 2).DottedOrder }
                : write with { DottedOrder = Patch(index / 2).DottedOrder })
            .ToArray();

    private static readonly Gen<(RunWrite[] Writes, RunWrite[] Shuffled)> s_shuffled =
        s_writes.SelectMany(writes => Gen.Shuffle(writes).Select(shuffled => (writes, shuffled)));

    [Fact]
    public void Fold_AnyOrder_GivesTheSameRun() =>
        s_shuffled.Sample((writes, shuffled) => Assert.Equal(State(new Journal(writes)), State(new Journal(shuffled))));

    [Fact]
    public void Fold_AnyWrites_ThrowsNothingAway() =>
        s_shuffled.Sample((_, shuffled) =>
        {
            var journal = new Journal(shuffled);
            var report = journal.Report();
            string[] kept = [.. report.Overwritten.Where(field => field.Field == "name").Select(field => field.Value.ToString()!), journal.Fold().Record.Name];
            var given = shuffled.Select(write => write.Name).OfType<string>().Distinct().Count();
            Assert.True(kept.Length >= given, $"{given} names were given, {kept.Length} are left.");
        });

    private static string State(Journal journal)
    {
        var folded = journal.Fold();
        return JsonSerializer.Serialize(new
        {
            folded.Record,
            Metadata = folded.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal),
            Inputs = journal.Payload(folded.InputsFrom, write => write.Inputs),
            Outputs = journal.Payload(folded.OutputsFrom, write => write.Outputs),
            Extra = journal.Extra(),
        });
    }
}
