using CsCheck;
using LangSmith.Server.Domain;
using LangSmith.Server.Query;
using LangSmith.Server.Query.Evaluation;
using LangSmith.Server.Storage.Tests.Support;

namespace LangSmith.Server.Storage.Tests.Contract;

/// <summary>The evaluator is the oracle: an engine finds the runs that it finds, in the same order, page by page.</summary>
/// <remarks>A failure prints the seed; CsCheck_Seed in the environment repeats it.</remarks>
public abstract class OracleContract<TEngine> : StoreContract<TEngine>
    where TEngine : Engine, new()
{
    private const int Iterations = 20;

    private sealed record Question(RunFilter? Filter, RunFilter? TraceFilter, RunFilter? TreeFilter, bool Ascending, int Limit);

    private static readonly Gen<Question> s_question =
        from filter in RandomFilters.Any
        from traceFilter in Gen.Frequency((3, Gen.Const((RunFilter?)null)), (1, RandomFilters.Any.Select(any => (RunFilter?)any)))
        from treeFilter in Gen.Frequency((3, Gen.Const((RunFilter?)null)), (1, RandomFilters.Any.Select(any => (RunFilter?)any)))
        from up in Gen.Bool
        from limit in Gen.Int[1, 9]
        select new Question(filter, traceFilter, treeFilter, up, limit);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task QueryAsync_AnyRunsAndFilters_AnswersAsTheEvaluator(bool settled)
    {
        var (number, some) = (0, 0);
        await Gen.Select(RandomRuns.Forest, s_question.Array[60]).SampleAsync(
            async (forest, questions) =>
            {
                var workspace = new WorkspaceId(Given.Id(0x5000 + ++number));
                var subjects = await forest.WriteAsync(Engine, workspace);
                if (settled)
                {
                    await Engine.SettleAsync();
                }

                foreach (var question in questions)
                {
                    var expected = Expected(subjects, question);
                    some += expected.Count > 0 && expected.Count < subjects.Count ? 1 : 0;
                    Assert.Equal(expected, await ReadAsync(workspace, question));
                }
            },
            iter: Iterations, threads: 1);
        // Filters that find all runs or none prove little.
        Assert.InRange(some, Iterations * 5, int.MaxValue);
    }

    private static List<Guid> Expected(IReadOnlyList<RunSubject> subjects, Question question)
    {
        var traces = subjects.ToLookup(subject => subject.Run.TraceId);
        var found = subjects.Where(subject =>
            question.Filter!.Matches(subject)
            && (question.TraceFilter is not { } ofTrace || traces[subject.Run.TraceId].Any(other => other.IsRoot && ofTrace.Matches(other)))
            && (question.TreeFilter is not { } ofTree || traces[subject.Run.TraceId].Any(ofTree.Matches)));
        var ordered = found.OrderBy(subject => subject.Run.StartTime).ThenBy(subject => Convert.ToHexString(subject.Run.Id.ToByteArray(bigEndian: true)), StringComparer.Ordinal)
            .Select(subject => subject.Run.Id);
        return [.. question.Ascending ? ordered : ordered.Reverse()];
    }

    private async Task<List<Guid>> ReadAsync(WorkspaceId workspace, Question question)
    {
        var read = new List<Guid>();
        RunPosition? after = null;
        do
        {
            var page = await Runs.QueryAsync(
                new RunQuery
                {
                    Workspace = workspace,
                    Filter = question.Filter,
                    TraceFilter = question.TraceFilter,
                    TreeFilter = question.TreeFilter,
                    Ascending = question.Ascending,
                    After = after,
                    Limit = question.Limit,
                    Payload = RunPayload.None,
                },
                Cancellation);
            Assert.InRange(page.Runs.Count, page.Next is null ? 0 : question.Limit, question.Limit);
            read.AddRange(page.Runs.Select(run => run.Id));
            after = page.Next;
        }
        while (after is not null);

        return read;
    }
}
