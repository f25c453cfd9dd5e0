using CsCheck;
using LangSmith.Server.Domain;
using LangSmith.Server.Domain.Digest;
using LangSmith.Server.Domain.Folding;
using LangSmith.Server.Domain.Pricing;
using LangSmith.Server.Storage.Tests.Support;

namespace LangSmith.Server.Storage.Tests.Contract;

/// <summary>The state of a run is the fold of its writes, whatever their order, batching and number of re-sends.</summary>
public abstract class RunFoldContract<TEngine> : StoreContract<TEngine>
    where TEngine : Engine, new()
{
    private static readonly Gen<string?> s_text = Gen.Int[0, 3].Select(letter => letter == 0 ? null : $"t{letter}");

    private static readonly Gen<ReadOnlyMemory<byte>> s_object =
        Gen.Select(Gen.Bool, Gen.Int[0, 3], Gen.Int[0, 9]).Select((given, key, value) => given ? Given.Json($$"""{"k{{key}}":{{value}}}""") : default);

    private static readonly Gen<ReadOnlyMemory<byte>> s_extra =
        Gen.Select(Gen.Bool, Gen.Int[0, 3], Gen.Int[0, 9])
            .Select((given, key, value) => given ? Given.Json($$$"""{"metadata":{"k{{{key}}}":{{{value}}}},"k{{{key}}}":{{{value}}}}""") : default);

    private static readonly Gen<Func<RunWrite, RunWrite>> s_fields =
        from name in s_text
        from error in s_text
        from tags in s_text
        from end in Gen.Int[0, 3]
        from inputs in s_object
        from outputs in s_object
        from extra in s_extra
        select new Func<RunWrite, RunWrite>(write => write with
        {
            Name = name,
            Error = error,
            Tags = tags is null ? null : [tags],
            EndTime = end == 0 ? null : Given.Start.AddSeconds(end),
            Inputs = inputs,
            Outputs = outputs,
            Extra = extra,
        });

    /// <summary>Writes that may conflict, sent as batches with re-sends among them.</summary>
    private static readonly Gen<RunWrite[]> s_conflicting =
        (from run in Gen.Int[1, 2]
         from attempt in Gen.Int[0, 2]
         from isPost in Gen.Bool
         from fields in s_fields
         select Write(run, attempt, isPost).With(fields)).Array[1, 12];

    /// <summary>At most one post and one patch of each attempt.</summary>
    private static readonly Gen<RunWrite[]> s_peaceful =
        s_fields.Array[6].Select(all => all.Select((fields, index) => Write(1, index / 2, index % 2 == 0).With(fields)).ToArray());

    private static readonly Gen<int[]> s_batches = Gen.Int[1, 4].Array[12];

    private int _case;

    [Fact]
    public async Task WriteAsync_AnyWrites_IsTheFoldOfThem() =>
        await Gen.Select(s_conflicting, s_batches).SampleAsync(
            async (writes, batches) =>
            {
                var workspace = NextWorkspace();
                RunWrite[] own = [.. writes.Select(write => write with { Workspace = workspace })];
                await SendAsync([.. own, .. own.Take(2)], batches);
                foreach (var run in own.GroupBy(write => write.RunId))
                {
                    Assert.Equal(Folded([.. run]), RunState.Of((await Runs.FindAsync(workspace, run.Key, RunPayload.All, Cancellation))!));
                }
            },
            iter: 60, threads: 1);

    [Fact]
    public async Task WriteAsync_WritesThatDoNotConflict_CommuteInAnyBatching() =>
        await (from writes in s_peaceful
               from shuffled in Gen.Shuffle(writes)
               from one in s_batches
               from other in s_batches
               select (writes, shuffled, one, other)).SampleAsync(
            async sample =>
            {
                var (first, second) = (NextWorkspace(), NextWorkspace());
                await SendAsync([.. sample.writes.Select(write => write with { Workspace = first })], sample.one);
                await SendAsync([.. sample.shuffled.Select(write => write with { Workspace = second })], sample.other);
                Assert.Equal(await StateAsync(first), await StateAsync(second));
            },
            iter: 40, threads: 1);

    private static RunWrite Write(int run, int attempt, bool isPost)
    {
        var start = Given.Start.AddSeconds(attempt);
        return isPost ? Given.Post(Given.Id(run), start) : Given.Patch(Given.Id(run), start);
    }

    private WorkspaceId NextWorkspace() => new(Given.Id(0x1000 + ++_case));

    private async Task SendAsync(IReadOnlyList<RunWrite> writes, int[] sizes)
    {
        for (int sent = 0, batch = 0; sent < writes.Count; batch++)
        {
            RunWrite[] some = [.. writes.Skip(sent).Take(sizes[batch % sizes.Length])];
            await Runs.WriteAsync(some);
            sent += some.Length;
        }
    }

    private async Task<string> StateAsync(WorkspaceId workspace)
    {
        var run = await Runs.FindAsync(workspace, Given.Id(1), RunPayload.All, Cancellation);
        return RunState.Of(run! with { Workspace = default });
    }

    /// <summary>The fold in memory: the oracle.</summary>
    private static string Folded(RunWrite[] writes)
    {
        JournalEntry[] entries = [.. writes.DistinctBy(write => (write.Kind, write.ContentHash))
            .Select((write, index) => new JournalEntry(index + 1, write, PayloadDigest.Of(write)))];
        var folded = RunFold.Fold(entries, Guid.Empty, PriceList.BuiltIn);
        return RunState.Of(folded.Record with
        {
            Inputs = Payload(folded.InputsFrom, write => write.Inputs),
            Outputs = Payload(folded.OutputsFrom, write => write.Outputs),
            Extra = ExtraMerge.Merge([.. folded.ExtraFrom.Select(sequence => entries[sequence - 1].Write.Extra)]),
        });

        ReadOnlyMemory<byte> Payload(long? sequence, Func<RunWrite, ReadOnlyMemory<byte>> payload) =>
            sequence is { } from ? payload(entries[from - 1].Write) : default;
    }
}
