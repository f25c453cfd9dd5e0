using LangSmith;

namespace Clients.Tests.DotNet;

/// <summary>The .NET client and the server, each as it is.</summary>
public sealed class LangSmithClientTests(EmbeddedServer server) : IClassFixture<EmbeddedServer>
{
    private static readonly CancellationToken s_token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task CreateRunAsync_ThenRead_IsThereWithEverything()
    {
        await using var client = Client(nameof(CreateRunAsync_ThenRead_IsThereWithEverything));
        var start = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, 901, TimeSpan.Zero);

        var id = await client.CreateRunAsync(
            new RunInput
            {
                Name = "by hand",
                RunType = "llm",
                StartTime = start,
                EndTime = start.AddSeconds(2),
                Inputs = new Dictionary<string, object?> { ["q"] = "?" },
                Outputs = "!",
                Tags = ["a", "b"],
                Metadata = new Dictionary<string, object?> { ["user"] = "u-1" },
            },
            s_token);

        var run = await client.ReadRunAsync(id, s_token);
        Assert.NotNull(run);
        Assert.Equal(("by hand", "llm", "success"), (run.Name, run.RunType, run.Status));
        Assert.Equal((start, start.AddSeconds(2)), (run.StartTime, run.EndTime));
        Assert.Equal(id, run.TraceId);
        Assert.Null(run.ParentRunId);
        Assert.Equal(["a", "b"], run.Tags!.Order());
        Assert.Equal("?", run.Inputs!.Value.GetProperty("q").GetString());
        Assert.Equal("!", run.Outputs!.Value.GetProperty("output").GetString());
        Assert.Equal("u-1", run.Metadata!.Value.GetProperty("user").GetString());
    }

    [Fact]
    public async Task UpdateRunAsync_RunThatGoesOn_EndsIt()
    {
        await using var client = Client(nameof(UpdateRunAsync_RunThatGoesOn_EndsIt));
        var id = await client.CreateRunAsync(new RunInput { Name = "long" }, s_token);
        Assert.Equal("pending", (await client.ReadRunAsync(id, s_token))!.Status);

        await client.UpdateRunAsync(id, new RunInput { EndTime = DateTimeOffset.UtcNow, Error = "too late" }, s_token);

        var run = await client.ReadRunAsync(id, s_token);
        Assert.Equal(("error", "too late", "long"), (run!.Status, run.Error, run.Name));
    }

    [Fact]
    public async Task ReadRunAsync_Unknown_IsNull()
    {
        await using var client = Client("unknown");

        Assert.Null(await client.ReadRunAsync(Uuid7.NewGuid(), s_token));
    }

    [Fact]
    public async Task ListRunsAsync_250Runs_AreAllListedOnceInOrder()
    {
        const string Project = nameof(ListRunsAsync_250Runs_AreAllListedOnceInOrder);
        await using var client = Client(Project);
        await using var tracer = new LangSmithTracer(server.Options(Project));
        var start = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        for (var index = 0; index < 250; index++)
        {
            tracer.StartRun($"run {index}", new RunOptions { StartTime = start.AddSeconds(index) }).Dispose();
        }

        Assert.True(await tracer.FlushAsync(TimeSpan.FromSeconds(20), s_token));

        var newest = await ListAsync(client, new RunQuery { ProjectName = Project });
        Assert.Equal(Enumerable.Range(0, 250).Reverse().Select(index => $"run {index}"), newest.Select(run => run.Name));
        var oldest = await ListAsync(client, new RunQuery { ProjectName = Project, Ascending = true, Limit = 120 });
        Assert.Equal(Enumerable.Range(0, 120).Select(index => $"run {index}"), oldest.Select(run => run.Name));
        var between = await ListAsync(client, new RunQuery { ProjectName = Project, StartedFrom = start.AddSeconds(10), StartedBefore = start.AddSeconds(13) });
        Assert.Equal(["run 12", "run 11", "run 10"], between.Select(run => run.Name));
    }

    [Fact]
    public async Task ListRunsAsync_EachCondition_FindsTheRightRuns()
    {
        const string Project = nameof(ListRunsAsync_EachCondition_FindsTheRightRuns);
        await using var client = Client(Project);
        await using var tracer = new LangSmithTracer(server.Options(Project));
        RunTree root, child;
        using (root = tracer.StartRun("root", new RunOptions { Tags = ["t"], Metadata = new Dictionary<string, object?> { ["k"] = "v" } }))
        {
            using (child = tracer.StartRun("child", new RunOptions { RunType = "llm" }))
            {
                child.Fail(new InvalidOperationException("broken"));
            }
        }

        tracer.StartRun("other").Dispose();
        Assert.True(await tracer.FlushAsync(TimeSpan.FromSeconds(20), s_token));

        await FindsAsync(new RunQuery { Ids = [child.Id] }, "child");
        await FindsAsync(new RunQuery { TraceId = root.Id }, "child", "root");
        await FindsAsync(new RunQuery { ParentRunId = root.Id }, "child");
        await FindsAsync(new RunQuery { ProjectName = Project, IsRoot = true }, "other", "root");
        await FindsAsync(new RunQuery { ProjectName = Project, IsRoot = false }, "child");
        await FindsAsync(new RunQuery { ProjectName = Project, HasError = true }, "child");
        await FindsAsync(new RunQuery { ProjectName = Project, HasError = false }, "other", "root");
        await FindsAsync(new RunQuery { ProjectName = Project, RunType = "llm" }, "child");
        await FindsAsync(new RunQuery { ProjectName = Project, Filter = "has(tags, \"t\")" }, "child", "root");
        await FindsAsync(new RunQuery { ProjectName = Project, Filter = "and(eq(metadata_key, \"k\"), eq(metadata_value, \"v\"))", IsRoot = true }, "root");
        await FindsAsync(new RunQuery { ProjectName = Project, TraceFilter = "eq(name, \"root\")", RunType = "llm" }, "child");
        await FindsAsync(new RunQuery { ProjectName = Project, TreeFilter = "eq(name, \"child\")", IsRoot = true }, "root");
        await FindsAsync(new RunQuery { ProjectName = "no such project" });

        async Task FindsAsync(RunQuery query, params string[] names) =>
            Assert.Equal(names, (await ListAsync(client, query)).Select(run => run.Name).Order());
    }

    [Fact]
    public async Task ListRunsAsync_FieldsSelected_OthersAreNull()
    {
        await using var client = Client(nameof(ListRunsAsync_FieldsSelected_OthersAreNull));
        var id = await client.CreateRunAsync(new RunInput { Inputs = "in", Outputs = "out" }, s_token);

        var run = Assert.Single(await ListAsync(client, new RunQuery { Ids = [id], Select = ["id", "inputs"] }));

        Assert.NotNull(run.Inputs);
        Assert.Null(run.Outputs);
    }

    [Fact]
    public async Task ListRunsAsync_FilterThatIsNone_IsRefusedWithTheServersWords()
    {
        await using var client = Client("p");

        var error = await Assert.ThrowsAsync<LangSmithApiException>(() => ListAsync(client, new RunQuery { TraceId = Uuid7.NewGuid(), Filter = "eq(name" }));

        Assert.InRange((int)error.Status!, 400, 422);
        Assert.StartsWith("POST /runs/query was refused", error.Message);
    }

    [Fact]
    public async Task Feedback_BeforeItsRun_IsKeptReadChangedListedAndDeleted()
    {
        await using var client = Client(nameof(Feedback_BeforeItsRun_IsKeptReadChangedListedAndDeleted));
        var runId = Uuid7.NewGuid();

        var id = await client.CreateFeedbackAsync(
            runId, "user_score", 0.5, new FeedbackInput { Comment = "fair", Correction = new Dictionary<string, object?> { ["a"] = 1 } }, s_token);
        await client.CreateRunAsync(new RunInput { Id = runId }, s_token);

        var read = await client.ReadFeedbackAsync(id, s_token);
        Assert.Equal((runId, "user_score", "fair", 0.5), (read!.RunId, read.Key, read.Comment, read.Score!.Value.GetDouble()));
        await client.UpdateFeedbackAsync(id, new FeedbackInput { Score = 1 }, cancellationToken: s_token);
        var listed = Assert.Single(await ListAsync(client.ListFeedbackAsync([runId], ["user_score"], cancellationToken: s_token)));
        Assert.Equal((id, 1.0, "fair"), (listed.Id, listed.Score!.Value.GetDouble(), listed.Comment));
        Assert.Empty(await ListAsync(client.ListFeedbackAsync([runId], ["other"], cancellationToken: s_token)));
        await client.DeleteFeedbackAsync(id, s_token);
        Assert.Null(await client.ReadFeedbackAsync(id, s_token));
    }

    [Fact]
    public async Task AddFeedback_InTheBackground_ArrivesWithTheFlush()
    {
        await using var client = Client(nameof(AddFeedback_InTheBackground_ArrivesWithTheFlush));
        var runId = Uuid7.NewGuid();

        var id = client.AddFeedback(runId, "thumbs", feedback: new FeedbackInput { Value = "up", TraceId = runId });
        Assert.True(await client.FlushAsync(TimeSpan.FromSeconds(20), s_token));

        Assert.Equal("up", (await client.ReadFeedbackAsync(id, s_token))!.Value!.Value.GetString());
    }

    [Fact]
    public async Task CreateFeedbackTokenAsync_Visited_GivesFeedbackWithoutAKey()
    {
        await using var client = Client(nameof(CreateFeedbackTokenAsync_Visited_GivesFeedbackWithoutAKey));
        var runId = await client.CreateRunAsync(new RunInput(), s_token);

        var token = await client.CreateFeedbackTokenAsync(runId, "stars", TimeSpan.FromHours(1), s_token);
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"{token.Url}?score=4"), s_token);

        answer.EnsureSuccessStatusCode();
        Assert.True(token.ExpiresAt > DateTimeOffset.UtcNow.AddMinutes(59));
        var feedback = Assert.Single(await ListAsync(client.ListFeedbackAsync([runId], cancellationToken: s_token)));
        Assert.Equal(("stars", 4.0), (feedback.Key, feedback.Score!.Value.GetDouble()));
    }

    [Fact]
    public async Task Projects_CreatedReadFoundChangedListedAndDeleted()
    {
        await using var client = Client("p");
        const string Name = nameof(Projects_CreatedReadFoundChangedListedAndDeleted);

        var created = await client.CreateProjectAsync(Name, "for tests", cancellationToken: s_token);
        var conflict = await Assert.ThrowsAsync<LangSmithApiException>(() => client.CreateProjectAsync(Name, cancellationToken: s_token));
        var same = await client.CreateProjectAsync(Name, upsert: true, cancellationToken: s_token);

        Assert.Equal(System.Net.HttpStatusCode.Conflict, conflict.Status);
        Assert.Equal(created.Id, same.Id);
        Assert.Equal(created.Id, (await client.FindProjectAsync(Name, s_token))!.Id);
        Assert.Equal((Name, "for tests"), ((await client.ReadProjectAsync(created.Id, s_token))!.Name, created.Description));
        Assert.Contains(await ListAsync(client.ListProjectsAsync("CreatedReadFound", s_token)), project => project.Id == created.Id);
        Assert.Equal("other words", (await client.UpdateProjectAsync(created.Id, description: "other words", cancellationToken: s_token)).Description);
        await client.DeleteProjectAsync(created.Id, s_token);
        Assert.Null(await client.ReadProjectAsync(created.Id, s_token));
        Assert.Null(await client.FindProjectAsync(Name, s_token));
    }

    [Fact]
    public async Task GetRunUrlAsync_OwnServer_IsAPageThatAnswers()
    {
        await using var client = Client(nameof(GetRunUrlAsync_OwnServer_IsAPageThatAnswers));
        var id = await client.CreateRunAsync(new RunInput { Name = "on a page" }, s_token);

        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, await client.GetRunUrlAsync(id, s_token)) { Headers = { { "Accept", "text/html" } } };
        using var page = await http.SendAsync(request, s_token);

        page.EnsureSuccessStatusCode();
        Assert.Contains("on a page", await page.Content.ReadAsStringAsync(s_token));
    }

    [Fact]
    public async Task WaitForRunAsync_RunInTheBackground_ComesWhenItHasEnded()
    {
        const string Project = nameof(WaitForRunAsync_RunInTheBackground_ComesWhenItHasEnded);
        await using var client = Client(Project);
        await using var tracer = new LangSmithTracer(server.Options(Project));
        var id = Uuid7.NewGuid();
        var waiting = client.WaitForRunAsync(id, run => run.EndTime is not null, TimeSpan.FromSeconds(20), s_token);

        using (var run = tracer.StartRun("background", new RunOptions { RunId = id }))
        {
            run.SetOutputs("done");
        }

        Assert.Equal("background", (await waiting).Name);
        Assert.Equal(0, tracer.Counters.Rejected + tracer.Counters.Dropped);
    }

    private LangSmithClient Client(string project) => new(server.Options(project));

    private static Task<List<RunRecord>> ListAsync(LangSmithClient client, RunQuery query) => ListAsync(client.ListRunsAsync(query, s_token));

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }
}
