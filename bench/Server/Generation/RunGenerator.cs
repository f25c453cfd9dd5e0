using System.Globalization;
using System.IO.Hashing;
using System.Text;
using LangSmith.Protocol;
using LangSmith.Server.Domain;

namespace LangSmith.Server.Bench.Generation;

/// <summary>Makes traces of ten runs of about 4 kB each; the same seed makes the same runs.</summary>
/// <remarks>A root chain, three model calls, four tools, two retrievers; five projects; a million runs are a week.</remarks>
internal sealed class RunGenerator(int seed, int runs)
{
    public const int TraceLength = 10;
    public const int PayloadLength = 4_000;
    private const int Users = 10_000;

    /// <summary>One trace in so many has this word once.</summary>
    public const int RareWordEvery = 10_000;

    public static readonly DateTimeOffset End = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] s_types = ["chain", "llm", "tool", "tool", "llm", "retriever", "tool", "llm", "retriever", "tool"];
    private static readonly string[] s_keys = ["correctness", "helpfulness", "tone"];
    private static readonly string[] s_models = ["gpt-4o", "gpt-4o-mini", "claude-sonnet-4-5"];
    private readonly Vocabulary _vocabulary = new();

    public int Traces => runs / TraceLength;

    public static string ProjectOf(int trace) => $"project-{trace % 5}";

    public static string RareWord(int trace) => $"qzx{(trace / RareWordEvery).ToString(CultureInfo.InvariantCulture)}q";

    public Guid TraceId(int trace) => RunId(seed, trace, 0, runs);

    public DateTimeOffset StartOf(int trace) => StartOf(trace, runs);

    public Guid RunId(int trace, int index) => RunId(seed, trace, index, runs);

    /// <summary>The traces of a range of runs; both ends are multiples of <see cref="TraceLength"/>.</summary>
    public static IEnumerable<int> TracesOf(int from, int to) => Enumerable.Range(from / TraceLength, (to - from) / TraceLength);

    /// <summary>A judgement of a trace's root.</summary>
    public Feedback Feedback(int trace) => new()
    {
        Id = Uuid7.Deterministic(StartOf(trace), string.Create(CultureInfo.InvariantCulture, $"{seed}/{trace}/feedback")),
        Workspace = WorkspaceId.Default,
        Key = s_keys[trace / 2 % s_keys.Length],
        CreatedAt = StartOf(trace),
        ModifiedAt = StartOf(trace),
        RunId = TraceId(trace),
        TraceId = TraceId(trace),
        Score = Encoding.UTF8.GetBytes((trace % 101 / 100.0).ToString(CultureInfo.InvariantCulture)),
        Source = "{\"type\":\"api\"}"u8.ToArray(),
    };

    /// <summary>The runs of a trace, root first, each whole in one write.</summary>
    public RunWrite[] Trace(int trace)
    {
        var random = new Random(HashCode.Combine(seed, trace));
        var start = StartOf(trace);
        var root = RunId(seed, trace, 0, runs);
        var order = DottedOrder.Print(start, root);
        var writes = new RunWrite[TraceLength];
        for (var index = 0; index < TraceLength; index++)
        {
            var id = RunId(seed, trace, index, runs);
            var begin = start.AddMilliseconds(index * 10);
            writes[index] = Write(random, trace, index, begin) with
            {
                RunId = id,
                TraceId = root,
                ParentRunId = index == 0 ? null : root,
                DottedOrder = index == 0 ? order : DottedOrder.Print(order, begin, id),
            };
            var hash = XxHash128.HashToUInt128(writes[index].Inputs.Span, BitConverter.ToInt64(id.ToByteArray(bigEndian: true)));
            writes[index] = writes[index] with { ContentHash = hash };
        }

        return writes;
    }

    private RunWrite Write(Random random, int trace, int index, DateTimeOffset begin)
    {
        var type = s_types[index];
        var seconds = Math.Exp(random.NextDouble() * 4) / 5;
        var tokens = random.Next(50, 4_000);
        var rare = index == 3 && trace % RareWordEvery == 7 ? RareWord(trace) + " " : "";
        return new RunWrite
        {
            Workspace = WorkspaceId.Default,
            RunId = default,
            Kind = RunWriteKind.Post,
            ContentHash = default,
            ReceivedAt = begin.AddSeconds(seconds),
            Sender = "bench/1",
            Name = $"{type}-{index}",
            RunType = type,
            StartTime = begin,
            EndTime = begin.AddSeconds(seconds),
            Error = random.Next(33) == 0 ? "TimeoutError: the upstream service did not answer" : null,
            ProjectName = ProjectOf(trace),
            Tags = index == 0 ? [random.Next(20) == 0 ? "canary" : "stable", "v3"] : null,
            Inputs = Text(random, $"{{\"question\":\"{rare}", "\"}", PayloadLength / 2),
            Outputs = Text(
                random, "{\"answer\":\"",
                type == "llm"
                    ? string.Create(CultureInfo.InvariantCulture,
                        $"\",\"usage_metadata\":{{\"input_tokens\":{tokens},\"output_tokens\":{tokens / 4},\"total_tokens\":{tokens + (tokens / 4)}}}}}")
                    : "\"}",
                PayloadLength / 2),
            Extra = Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"metadata\":{{\"user_id\":\"user-{trace % Users}\",\"environment\":\"production\","
                + $"\"ls_model_name\":\"{s_models[random.Next(3)]}\",\"session_id\":\"thread-{trace / 3}\"}},"
                + $"\"runtime\":{{\"sdk\":\"langsmith-dotnet\",\"platform\":\"linux\"}}}}")),
        };
    }

    private byte[] Text(Random random, string before, string after, int length)
    {
        var text = new StringBuilder(before, length + 64);
        _vocabulary.Write(text, random, length);
        return Encoding.UTF8.GetBytes(text.Append(after).ToString());
    }

    private static DateTimeOffset StartOf(int trace, int runs) =>
        End.AddSeconds(-604_800.0 * (runs - (trace * (double)TraceLength)) / Math.Max(runs, 1_000_000));

    private static Guid RunId(int seed, int trace, int index, int runs) =>
        Uuid7.Deterministic(StartOf(trace, runs).AddMilliseconds(index * 10), string.Create(CultureInfo.InvariantCulture, $"{seed}/{trace}/{index}"));
}
