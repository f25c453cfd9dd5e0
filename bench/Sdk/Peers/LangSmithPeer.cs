namespace LangSmith.Sdk.Bench.Peers;

/// <summary>This SDK, on its default settings.</summary>
internal sealed class LangSmithPeer : IPeer
{
    private readonly LangSmithTracer _tracer;

    public LangSmithPeer(Uri endpoint, string project)
    {
        Project = project;
        LangSmithTracer.Default = _tracer = new LangSmithTracer(
            new LangSmithOptions { TracingEnabled = true, Endpoint = endpoint, ProjectName = project, SamplingRate = 1 });
    }

    public string Name => "LangSmith for .NET";

    public string Project { get; }

    public string? Losses =>
        _tracer.Counters.Losses is { Count: > 0 } losses ? string.Join(", ", losses.Select(loss => $"{loss.Value:N0} {loss.Key}")) : "none";

    public IDisposable Begin(string question)
    {
        var run = RunTree.CreateRoot("chat", new RunOptions { RunType = "llm", Inputs = new Question(question) });
        run.AddMetadata("model", "small");
        run.AddMetadata("user", "user-17");
        run.Post();
        return run;
    }

    public void End(IDisposable? begun, string answer) => ((RunTree)begun!).End(new Answer(answer));

    public void Record(string question, string answer)
    {
        using var run = _tracer.StartRun("chat", new RunOptions { RunType = "llm", Inputs = new Question(question) });
        run.AddMetadata("model", "small");
        run.AddMetadata("user", "user-17");
        run.End(new Answer(answer));
    }

    public Task FlushAsync() => _tracer.FlushAsync();

    public ValueTask DisposeAsync() => _tracer.DisposeAsync();

    private sealed record Question(string Text);

    private sealed record Answer(string Text);
}
