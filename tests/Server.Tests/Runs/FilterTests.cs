using System.Net;
using System.Text.Json.Nodes;
using LangSmith;
using LangSmith.Protocol;
using Server.Tests.Support;

namespace Server.Tests.Runs;

/// <summary>The documented filter expressions over six runs, whose answers follow from reading them.</summary>
public sealed class FilterTests(FilterTests.Forest forest) : IClassFixture<FilterTests.Forest>
{
    // a: root chain, prod, thread t1, user u1, n=5, 1 s, score 1 | b: its llm call, 6 s, 6000 tokens, 2 cents | c: failed root, tags prod+test, thread t2
    // d: pending root without metadata, grade A | e: root tool "agent-x", nested metadata | f: e's retriever, asked for Paris
    [Theory]
    [InlineData("eq(is_root, true)", "acde")]
    [InlineData("eq(name, \"ChatOpenAI\")", "b")]
    [InlineData("neq(name, 'ChatOpenAI')", "acdef")]
    [InlineData("like(name, \"%agent%\")", "e")]
    [InlineData("notlike(name, \"%agent%\")", "abcdf")]
    [InlineData("search(name, \"chat\")", "b")]
    [InlineData("in(name, [\"ChatOpenAI\", \"agent-x\",])", "be")]
    [InlineData("notin(name, (\"ChatOpenAI\", \"agent-x\"))", "acdf")]
    [InlineData("eq(run_type, \"LLM\")", "b")]
    [InlineData("in(run_type, [\"llm\", \"tool\"])", "be")]
    [InlineData("eq(status, \"error\")", "c")]
    [InlineData("eq(status, \"pending\")", "d")]
    [InlineData("neq(error, null)", "c")]
    [InlineData("eq(error, None)", "abdef")]
    [InlineData("search(error, \"timeout\")", "c")]
    [InlineData("gt(start_time, \"2026-01-03T00:00:00Z\")", "def")]
    [InlineData("and(gte(start_time, \"2026-01-02\"), lt(start_time, \"2026-01-04\"))", "bc")]
    [InlineData("gt(latency, \"5s\")", "b")]
    [InlineData("lte(latency, \"1000ms\")", "acef")]
    [InlineData("gte(latency, 6)", "b")]
    [InlineData("gt(total_tokens, 5000)", "ab")]
    [InlineData("gte(total_cost, 0.01)", "ab")]
    [InlineData("and(eq(run_type, \"chain\"), gt(latency, 0.5), gt(total_tokens, 5000))", "a")]
    [InlineData("has(tags, \"prod\")", "ac")]
    [InlineData("not(has(tags, \"test\"))", "abdef")]
    [InlineData("and(has(tags, \"prod\"), has(tags, \"test\"))", "c")]
    [InlineData("in(tags, [\"x\", \"test\"])", "c")]
    [InlineData("and(or(has(tags, \"test\"), has(tags, \"beta\")), gt(latency, 0.5))", "c")]
    [InlineData("eq(metadata_key, \"user_id\")", "ac")]
    [InlineData("and(eq(metadata_key, \"user_id\"), eq(metadata_value, \"u1\"))", "a")]
    [InlineData("and(eq(metadata_key, \"n\"), gt(metadata_value, 3))", "a")]
    [InlineData("neq(metadata_key, \"user_id\")", "bdef")]
    [InlineData("and(eq(metadata_key, \"user_id\"), neq(metadata_value, \"u1\"))", "c")]
    [InlineData("and(neq(metadata_key, \"n\"), neq(metadata_value, \"u2\"))", "bdef")]
    [InlineData("and(neq(metadata_key, \"n\"), eq(metadata_value, \"u2\"))", "c")]
    [InlineData("or(eq(metadata_key, \"n\"), eq(metadata_value, \"u2\"))", "ac")]
    [InlineData("and(in(metadata_key, [\"session_id\",\"conversation_id\",\"thread_id\"]), eq(metadata_value, \"t1\"))", "a")]
    [InlineData("has(metadata, '{\"user_id\": \"u1\"}')", "a")]
    [InlineData("has(\"metadata\", '{\"a\": {\"b\": 1}}')", "e")]
    [InlineData("exists(metadata, \"n\")", "a")]
    [InlineData("eq(metadata.user_id, \"u2\")", "c")]
    [InlineData("neq(metadata.user_id, \"u2\")", "abdef")]
    [InlineData("eq(thread_id, \"t1\")", "a")]
    [InlineData("in(thread_id, [\"t1\", \"t2\"])", "ac")]
    [InlineData("eq(trace_id, \"$e\")", "ef")]
    [InlineData("eq(parent_run_id, \"$a\")", "b")]
    [InlineData("in(id, [\"$a\", \"$f\"])", "af")]
    [InlineData("eq(feedback_key, \"user_score\")", "ac")]
    [InlineData("and(eq(feedback_key, \"user_score\"), eq(feedback_score, 1))", "a")]
    [InlineData("and(eq(feedback_key, \"user_score\"), lt(feedback_score, 0.5))", "c")]
    [InlineData("and(eq(feedback_key, \"grade\"), eq(feedback_value, \"A\"))", "d")]
    [InlineData("and(eq(feedback_key, \"user_score\"), like(feedback_comment, \"%slow%\"))", "c")]
    [InlineData("neq(feedback_key, \"user_score\")", "bdef")]
    [InlineData("search(\"the weather in Paris\")", "f")]
    [InlineData("and(search(\"weather\"), eq(is_root, true))", "")]
    [InlineData("and(eq(run_type, \"retriever\"), eq(input_key, \"messages.content\"), like(input_value, \"%Paris%\"))", "f")]
    [InlineData("and(eq(output_key, \"answer\"), eq(output_value, \"yes\"))", "a")]
    [InlineData("notlike(inputs, \"%Paris%\")", "abcde")]
    [InlineData("and(gt(start_time, \"2026-01-01T00:00:00Z\"), or(neq(error, null), and(eq(feedback_key, \"grade\"), eq(feedback_value, \"A\"))))", "cd")]
    [InlineData("and()", "abcdef")]
    [InlineData("or()", "")]
    [InlineData(" EQ ( name , \"agent\\u002dx\" ) ", "e")]
    public async Task Filter_FindsExactlyWhatItSays(string filter, string expected)
    {
        foreach (var (name, id) in forest.Ids)
        {
            filter = filter.Replace($"${name}", id.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(expected, await forest.FindAsync(new { filter }));
    }

    [Fact]
    public async Task TraceAndTreeFilter_LookAtTheRootAndAtAnyRunOfTheTrace()
    {
        Assert.Equal("ef", await forest.FindAsync(new { trace_filter = "eq(name, \"agent-x\")" }));
        Assert.Equal("ab", await forest.FindAsync(new { tree_filter = "eq(name, \"ChatOpenAI\")" }));
        Assert.Equal("b", await forest.FindAsync(new
        {
            filter = "eq(run_type, \"llm\")",
            trace_filter = "and(eq(feedback_key, \"user_score\"), eq(feedback_score, 1))",
            tree_filter = "eq(name, \"ChatOpenAI\")",
        }));
    }

    [Theory]
    [InlineData("eq(name, \"x\"", "column 13")]
    [InlineData("eq(colour, \"red\")", "colour")]
    [InlineData("equals(name, \"x\")", "equals")]
    [InlineData("eq(latency, \"soon\")", "500ms")]
    [InlineData("gt(is_root, true)", "gt")]
    [InlineData("eq(id, \"42\")", "UUID")]
    [InlineData("name = 'x'", "column 6")]
    [InlineData("name", "function")]
    [InlineData("eq(name, \"x\") or", "column 15")]
    [InlineData("eq(name, \"x)", "no end")]
    public async Task Filter_ThatCannotBeRead_Is400AndSaysWhere(string filter, string said)
    {
        var problem = await forest.Server.PostAsync("/runs/query", new { filter }, HttpStatusCode.BadRequest);
        Assert.Contains(said, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_NestedAbsurdlyDeep_IsRefusedNotFatal()
    {
        var filter = string.Concat(Enumerable.Repeat("not(", 100_000));
        await forest.Server.PostAsync("/runs/query", new { filter }, HttpStatusCode.BadRequest);
    }

    public sealed class Forest : IAsyncLifetime
    {
        public TestServer Server { get; private set; } = null!;

        public Dictionary<char, Guid> Ids { get; } = [];

        public async ValueTask InitializeAsync()
        {
            Server = await TestServer.StartAsync();
            await AddAsync('a', null, "run", "chain", 1, """{"tags":["prod"],"outputs":{"answer":"yes"},"extra":{"metadata":{"thread_id":"t1","user_id":"u1","n":5}}}""");
            await AddAsync('b', 'a', "ChatOpenAI", "llm", 6, """{"extra":{"metadata":{"usage_metadata":{"input_tokens":5000,"output_tokens":1000,"total_tokens":6000,"total_cost":0.02}}}}""");
            await AddAsync('c', null, "run", "chain", 1, """{"error":"Timeout while waiting","tags":["prod","test"],"extra":{"metadata":{"thread_id":"t2","user_id":"u2"}}}""");
            await AddAsync('d', null, "run", "chain", null, "{}");
            await AddAsync('e', null, "agent-x", "tool", 1, """{"extra":{"metadata":{"a":{"b":1,"c":2}}}}""");
            await AddAsync('f', 'e', "search", "retriever", 1, """{"inputs":{"messages":[{"content":"Weather of Paris"}]}}""");
            await Server.PostAsync("/feedback", new { run_id = Ids['a'], key = "user_score", score = true });
            await Server.PostAsync("/feedback", new { run_id = Ids['c'], key = "user_score", score = 0, comment = "too slow" });
            await Server.PostAsync("/feedback", new { run_id = Ids['d'], key = "grade", value = "A" });
        }

        public ValueTask DisposeAsync() => Server.DisposeAsync();

        public async Task<string> FindAsync(object query)
        {
            var page = await Server.PostAsync("/runs/query", query);
            var found = page.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("id").GetGuid()).ToHashSet();
            return string.Concat(Ids.Where(id => found.Contains(id.Value)).Select(id => id.Key).Order());
        }

        private async Task AddAsync(char name, char? parent, string title, string type, int? seconds, string more)
        {
            // One run a day from the first of January on.
            var start = new DateTimeOffset(2026, 1, 1 + Ids.Count, 0, 0, 0, TimeSpan.Zero);
            var id = Ids[name] = Uuid7.FromTime(start);
            Guid? parentId = parent is { } above ? Ids[above] : null;
            var order = DottedOrder.Print(parentId is { } p ? DottedOrder.Print(start, p) : null, start, id);
            var run = JsonNode.Parse(more)!.AsObject();
            run["name"] = title;
            run["run_type"] = type;
            run["id"] = id.ToString();
            run["parent_run_id"] = parentId?.ToString();
            run["trace_id"] = (parentId ?? id).ToString();
            run["dotted_order"] = order;
            run["start_time"] = start.ToString("O");
            run["end_time"] = seconds is { } length ? start.AddSeconds(length).ToString("O") : null;
            run["inputs"] ??= new JsonObject { ["q"] = "nothing" };
            await Server.PostAsync("/runs", run.ToJsonString(), HttpStatusCode.Accepted);
        }
    }
}
