using LangSmith.Server.Domain;
using LangSmith.Server.Query;
using LangSmith.Server.Storage.Tests.Support;

namespace LangSmith.Server.Storage.Tests.Contract;

/// <summary>Whole traces, read for their tree.</summary>
public abstract class TraceContract<TEngine> : StoreContract<TEngine>
    where TEngine : Engine, new()
{
    [Fact]
    public async Task ListTracesAsync_Trace_HasWhatATreeNeeds()
    {
        await WriteAsync();
        var query = new RunQuery
        {
            Workspace = Given.Workspace,
            Filter = new RunFilter.Compare(RunProperty.TraceId, Comparison.Equal, Given.Id(1)),
            Ascending = true,
            Payload = RunPayload.None,
        };
        var whole = (await Runs.QueryAsync(query, Cancellation)).Runs;

        var trace = await Runs.ListTracesAsync(Given.Workspace, [Given.Id(1)], 100, Cancellation);

        Assert.Equal(3, trace.Count);
        Assert.Equal(
            whole.Select(run => RunState.Of(run with { Error = null, Tags = [], InputsPreview = "", OutputsPreview = "" })), trace.Select(RunState.Of));
        Assert.Equal("gpt-4o", trace[1].Model);
        Assert.Equal(whole.Take(2).Select(run => run.Id), (await Runs.ListTracesAsync(Given.Workspace, [Given.Id(1)], 2, Cancellation)).Select(run => run.Id));
        Assert.Equal(4, (await Runs.ListTracesAsync(Given.Workspace, [Given.Id(1), Given.Id(9)], 100, Cancellation)).Count);
        Assert.Empty(await Runs.ListTracesAsync(Given.Other, [Given.Id(1)], 100, Cancellation));
        Assert.Empty(await Runs.ListTracesAsync(Given.Workspace, [], 100, Cancellation));
    }

    [Fact]
    public async Task FindTraceVersionAsync_AnyChange_IsAnotherVersion()
    {
        var none = await Runs.FindTraceVersionAsync(Given.Workspace, Given.Id(1), Cancellation);
        Assert.Equal(new TraceVersion(0, 0, null), none);

        await WriteAsync();
        var first = await Runs.FindTraceVersionAsync(Given.Workspace, Given.Id(1), Cancellation);
        Assert.Equal((3, 2), (first.Runs, first.Open));
        Assert.Equal(first, await Runs.FindTraceVersionAsync(Given.Workspace, Given.Id(1), Cancellation));

        await Runs.WriteAsync(Given.Patch(Given.Id(1)));
        var second = await Runs.FindTraceVersionAsync(Given.Workspace, Given.Id(1), Cancellation);
        Assert.Equal((3, 1, true), (second.Runs, second.Open, second.LastReceivedAt > first.LastReceivedAt));
        Assert.Equal(none, await Runs.FindTraceVersionAsync(Given.Other, Given.Id(1), Cancellation));
    }

    private async Task WriteAsync()
    {
        var root = Given.Post(Given.Id(1)).With(write => write with { Tags = ["t"], Inputs = Given.Json("""{"a":"b"}""") });
        await Runs.WriteAsync(
            root,
            Given.Child(root, Given.Id(2)).With(write => write with
            {
                RunType = "llm",
                EndTime = Given.Start.AddSeconds(1),
                Error = "boom",
                Extra = Given.Json("""{"metadata":{"ls_model_name":"gpt-4o"}}"""),
                Outputs = Given.Json("""{"usage_metadata":{"input_tokens":30,"output_tokens":2,"total_tokens":32}}"""),
            }),
            Given.Child(root, Given.Id(3)),
            Given.Post(Given.Id(9)));
    }
}
