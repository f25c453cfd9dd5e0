using LangSmith.Server.Storage.Examples;
using LangSmith.Server.Storage.Tests.Support;

namespace LangSmith.Server.Storage.Tests.Contract;

/// <summary>Examples: every state of them.</summary>
public abstract class ExampleContract<TEngine> : StoreContract<TEngine>
    where TEngine : Engine, new()
{
    private static readonly Guid s_dataset = Given.Id(100);

    private IExampleStore Examples => Engine.Examples;

    [Fact]
    public async Task FindAsync_AsOfATime_IsTheStateThen()
    {
        await Examples.WriteAsync([New(1, """{"v":1}""", hour: 0)], Cancellation);
        await Examples.WriteAsync([New(1, """{"v":2}""", hour: 1)], Cancellation);
        await Examples.WriteAsync([New(1, """{"v":2}""", hour: 2) with { IsDeleted = true }], Cancellation);
        await Engine.ReopenAsync();

        Assert.Null(await Examples.FindAsync(Given.Workspace, Given.Id(1), Given.Start.AddMinutes(-1), Cancellation));
        Assert.Equal("""{"v":1}""", Given.Text((await Examples.FindAsync(Given.Workspace, Given.Id(1), Given.Start, Cancellation))!.Inputs));
        Assert.Equal("""{"v":2}""", Given.Text((await Examples.FindAsync(Given.Workspace, Given.Id(1), Given.Start.AddHours(1.5), Cancellation))!.Inputs));
        Assert.Null(await Examples.FindAsync(Given.Workspace, Given.Id(1), asOf: null, Cancellation));
        Assert.Equal(
            [Given.Start.AddHours(2), Given.Start.AddHours(1), Given.Start],
            await Examples.ListVersionsAsync(Given.Workspace, s_dataset, Cancellation));
    }

    [Fact]
    public async Task ListAsync_Conditions_AreAllMet()
    {
        await Examples.WriteAsync(
            [
                New(1, "{}", hour: 0) with { Splits = ["train"], SourceRunId = Given.Id(50) },
                New(2, "{}", hour: 0) with { Splits = ["test", "train"], Metadata = Given.Json("""{"level":3,"ok":true,"who":"a"}""") },
                New(3, "{}", hour: 0) with { DatasetId = Given.Id(101) },
            ],
            Cancellation);

        await AssertListedAsync(query => query, 1, 2);
        await AssertListedAsync(query => query with { Descending = true }, 2, 1);
        await AssertListedAsync(query => query with { Splits = ["test"] }, 2);
        await AssertListedAsync(query => query with { SourceRunIds = [Given.Id(50)] }, 1);
        await AssertListedAsync(query => query with { Metadata = new Dictionary<string, string> { ["level"] = "3", ["ok"] = "true", ["who"] = "a" } }, 2);
        await AssertListedAsync(query => query with { Metadata = new Dictionary<string, string> { ["level"] = "4" } });
        await AssertListedAsync(query => query with { Offset = 1, Limit = 1 }, 2);
        await AssertListedAsync(query => query with { Workspace = Given.Other });
        Assert.Equal([Given.Id(50)], await Examples.FindSourceRunsAsync(Given.Workspace, [Given.Id(50), Given.Id(51)], Cancellation));
    }

    [Fact]
    public async Task DeleteDatasetAsync_Dataset_LeavesTheOthers()
    {
        await Examples.WriteAsync([New(1, "{}", 0), New(2, "{}", 0) with { DatasetId = Given.Id(101) }], Cancellation);

        await Examples.DeleteDatasetAsync(Given.Workspace, s_dataset, Cancellation);

        Assert.Null(await Examples.FindAsync(Given.Workspace, Given.Id(1), null, Cancellation));
        Assert.NotNull(await Examples.FindAsync(Given.Workspace, Given.Id(2), null, Cancellation));
    }

    private async Task AssertListedAsync(Func<ExampleQuery, ExampleQuery> conditions, params int[] expected)
    {
        var query = conditions(new ExampleQuery { Workspace = Given.Workspace, DatasetId = s_dataset });
        Assert.Equal(expected.Select(Given.Id), (await Examples.ListAsync(query, Cancellation)).Select(one => one.Id));
    }

    private static StoredExample New(int id, string inputs, double hour) => new()
    {
        Workspace = Given.Workspace,
        DatasetId = s_dataset,
        Id = Given.Id(id),
        CreatedAt = Given.Start,
        ModifiedAt = Given.Start.AddHours(hour),
        Inputs = Given.Json(inputs),
    };
}
