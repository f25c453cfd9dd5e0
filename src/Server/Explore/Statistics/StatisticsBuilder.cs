using LangSmith.Server.Domain;
using LangSmith.Server.Domain.Statistics;

namespace LangSmith.Server.Explore.Statistics;

/// <summary>Adds runs up, one at a time. Not thread-safe.</summary>
internal sealed class StatisticsBuilder
{
    private readonly QuantileSketch _latency = new();
    private readonly QuantileSketch _firstToken = new();
    private readonly QuantileSketch _totalTokens = new();
    private readonly QuantileSketch _promptTokens = new();
    private readonly QuantileSketch _completionTokens = new();
    private readonly QuantileSketch _cost = new();
    private readonly FeedbackTally _feedback = new();
    private RunUsage _usage = RunUsage.None;
    private int _count;
    private int _errors;
    private int _streaming;
    private DateTimeOffset? _last;

    /// <summary>Adds a run to the counts and latencies.</summary>
    public void Add(RunRecord run)
    {
        _count++;
        _errors += run.Status == RunStatus.Error ? 1 : 0;
        _last = _last is null || run.StartTime > _last ? run.StartTime : _last;
        if (run.EndTime is { } end && end >= run.StartTime)
        {
            _latency.Add((end - run.StartTime).TotalSeconds);
        }

        if (run.FirstTokenTime is { } token && token >= run.StartTime)
        {
            _streaming++;
            _firstToken.Add((token - run.StartTime).TotalSeconds);
        }
    }

    /// <summary>Adds tokens and costs.</summary>
    public void Add(RunUsage usage)
    {
        _usage = UsageRollup.Add(_usage, usage);
        Measure(_totalTokens, usage.TotalTokens);
        Measure(_promptTokens, usage.PromptTokens);
        Measure(_completionTokens, usage.CompletionTokens);
        Measure(_cost, (double?)usage.TotalCost);
    }

    public void Add(IEnumerable<Storage.FeedbackSummary> feedback) => _feedback.Add(feedback);

    public RunStatistics Build() => new()
    {
        RunCount = _count,
        LastRunStartTime = _last,
        ErrorRate = _count == 0 ? null : (double)_errors / _count,
        StreamingRate = _count == 0 ? null : (double)_streaming / _count,
        Latency = Quantiles.Of(_latency),
        FirstToken = Quantiles.Of(_firstToken),
        TotalTokens = Quantiles.Of(_totalTokens),
        PromptTokens = Quantiles.Of(_promptTokens),
        CompletionTokens = Quantiles.Of(_completionTokens),
        Cost = Quantiles.Of(_cost),
        Usage = _usage,
        Feedback = _feedback.Summaries,
    };

    private static void Measure(QuantileSketch sketch, double? value)
    {
        if (value is { } number)
        {
            sketch.Add(number);
        }
    }
}
