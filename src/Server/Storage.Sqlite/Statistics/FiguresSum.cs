using LangSmith.Server.Domain;
using LangSmith.Server.Domain.Statistics;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Storage.Sqlite.Statistics;

/// <summary>Figures in the making. For one thread.</summary>
internal sealed class FiguresSum
{
    // Sums of binary fractions end in noise far below the smallest price of a token.
    private const int CostDecimals = 12;

    private readonly QuantileSketch _latency = new();
    private readonly QuantileSketch _firstToken = new();
    private readonly QuantileSketch _totalTokens = new();
    private readonly QuantileSketch _promptTokens = new();
    private readonly QuantileSketch _completionTokens = new();
    private readonly QuantileSketch _cost = new();
    private long _errors;
    private long _ended;
    private long _streamed;
    private long _firstStart = long.MaxValue;
    private long _lastStart = long.MinValue;
    private UsageFacts _usage;

    public long Runs { get; private set; }

    public void Add(in RunFacts run)
    {
        Runs++;
        _errors += run.Status == RunStatus.Error ? 1 : 0;
        _firstStart = Math.Min(_firstStart, run.Start);
        _lastStart = Math.Max(_lastStart, run.Start);
        if (run.End is { } end)
        {
            _ended++;
            _latency.Add((double)(end - run.Start) / TimeSpan.TicksPerSecond);
        }

        if (run.FirstToken is { } first)
        {
            _streamed++;
            _firstToken.Add((double)(first - run.Start) / TimeSpan.TicksPerSecond);
        }

        AddUsage(run.Usage);
    }

    public void Merge(FiguresSum other)
    {
        Runs += other.Runs;
        _errors += other._errors;
        _ended += other._ended;
        _streamed += other._streamed;
        _firstStart = Math.Min(_firstStart, other._firstStart);
        _lastStart = Math.Max(_lastStart, other._lastStart);
        _usage = Sum(_usage, other._usage);
        _latency.Merge(other._latency);
        _firstToken.Merge(other._firstToken);
        _totalTokens.Merge(other._totalTokens);
        _promptTokens.Merge(other._promptTokens);
        _completionTokens.Merge(other._completionTokens);
        _cost.Merge(other._cost);
    }

    public RunFigures ToFigures(string? group, DateTimeOffset? bucket) => new()
    {
        Group = group,
        Bucket = bucket,
        Runs = Runs,
        Errors = _errors,
        Ended = _ended,
        Streamed = _streamed,
        FirstStart = Runs == 0 ? null : new DateTimeOffset(_firstStart, TimeSpan.Zero),
        LastStart = Runs == 0 ? null : new DateTimeOffset(_lastStart, TimeSpan.Zero),
        PromptTokens = _usage.PromptTokens,
        CompletionTokens = _usage.CompletionTokens,
        TotalTokens = _usage.TotalTokens,
        PromptCost = Money(_usage.PromptCost),
        CompletionCost = Money(_usage.CompletionCost),
        TotalCost = Money(_usage.TotalCost),
        Latency = _latency,
        FirstToken = _firstToken,
        TotalTokensPerRun = _totalTokens,
        PromptTokensPerRun = _promptTokens,
        CompletionTokensPerRun = _completionTokens,
        CostPerRun = _cost,
    };

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        foreach (var number in (ReadOnlySpan<long>)[Runs, _errors, _ended, _streamed, _firstStart, _lastStart])
        {
            writer.Write7BitEncodedInt64(number);
        }

        foreach (var tokens in (ReadOnlySpan<long?>)[_usage.PromptTokens, _usage.CompletionTokens, _usage.TotalTokens])
        {
            // Zero is "none known": nobody counts below zero.
            writer.Write7BitEncodedInt64(tokens is { } known ? known + 1 : 0);
        }

        foreach (var cost in (ReadOnlySpan<double?>)[_usage.PromptCost, _usage.CompletionCost, _usage.TotalCost])
        {
            writer.Write(cost ?? double.NaN);
        }

        foreach (var sketch in Sketches())
        {
            var bytes = sketch.ToBytes();
            writer.Write7BitEncodedInt(bytes.Length);
            writer.Write(bytes);
        }

        return stream.ToArray();
    }

    /// <summary>Adds figures as <see cref="ToBytes"/> wrote them.</summary>
    public void MergeBytes(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false));
        Runs += reader.Read7BitEncodedInt64();
        _errors += reader.Read7BitEncodedInt64();
        _ended += reader.Read7BitEncodedInt64();
        _streamed += reader.Read7BitEncodedInt64();
        _firstStart = Math.Min(_firstStart, reader.Read7BitEncodedInt64());
        _lastStart = Math.Max(_lastStart, reader.Read7BitEncodedInt64());
        _usage = Sum(_usage, new UsageFacts(Tokens(), Tokens(), Tokens(), Cost(), Cost(), Cost()));
        foreach (var sketch in Sketches())
        {
            var length = reader.Read7BitEncodedInt();
            var start = (int)reader.BaseStream.Position;
            sketch.MergeBytes(bytes.AsSpan(start, length));
            reader.BaseStream.Position = start + length;
        }

        long? Tokens() => reader.Read7BitEncodedInt64() is var tokens and not 0 ? tokens - 1 : null;

        double? Cost() => reader.ReadDouble() is var cost && double.IsNaN(cost) ? null : cost;
    }

    private QuantileSketch[] Sketches() => [_latency, _firstToken, _totalTokens, _promptTokens, _completionTokens, _cost];

    private void AddUsage(in UsageFacts usage)
    {
        _usage = Sum(_usage, usage);
        AddKnown(_totalTokens, usage.TotalTokens);
        AddKnown(_promptTokens, usage.PromptTokens);
        AddKnown(_completionTokens, usage.CompletionTokens);
        AddKnown(_cost, usage.TotalCost);
    }

    private static void AddKnown(QuantileSketch sketch, double? value)
    {
        if (value is { } known)
        {
            sketch.Add(known);
        }
    }

    private static UsageFacts Sum(in UsageFacts one, in UsageFacts other) => new(
        Sum(one.PromptTokens, other.PromptTokens), Sum(one.CompletionTokens, other.CompletionTokens), Sum(one.TotalTokens, other.TotalTokens),
        Sum(one.PromptCost, other.PromptCost), Sum(one.CompletionCost, other.CompletionCost), Sum(one.TotalCost, other.TotalCost));

    private static long? Sum(long? one, long? other) => one is null ? other : other is null ? one : one + other;

    private static double? Sum(double? one, double? other) => one is null ? other : other is null ? one : one + other;

    private static decimal? Money(double? cost) => cost is { } known ? Math.Round((decimal)known, CostDecimals) : null;
}
