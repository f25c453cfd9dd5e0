using System.Globalization;
using System.Text.Json.Nodes;
using LangSmith;
using LangSmith.Protocol;

namespace Web.Journeys.Support;

/// <summary>Traces as real programs send them: an agent for customers' questions, a big trace, a hostile one.</summary>
public sealed class DemoTraces
{
    public const string Project = "support-prod";

    /// <summary>Content that would run, load or break out wherever it is not encoded.</summary>
    public const string Hostile =
        "<img src=x onerror=alert(1)><script>alert(2)</script>\"'></title></script><svg/onload=alert(3)>[a](javascript:alert(4)) ![b](http://evil.example/p.png) {{7*7}}\u202E";

    private static readonly string[] s_questions =
    [
        "Why does our October invoice have a line called *Proration – Team plan*?", "Is order 88412 eligible for free returns?", "Summarise the open P1 incidents.",
        "Draft a reply to the customer asking about the refund.", "Compare the refund policies for EU and US.", "Which of our suppliers are exposed?",
    ];

    private static readonly string[] s_models = ["gpt-5-mini", "claude-sonnet-5", "gemini-3-flash"];

    private readonly Random _random = new(7);

    public DemoTraces(DateTimeOffset now)
    {
        for (var i = 0; i < 120; i++)
        {
            var id = Agent(now.AddMinutes(-2 - (i * 11)), i);
            if (i == 0)
            {
                AgentRun = id;
            }
        }

        BigRun = Big(now.AddMinutes(-40));
        HostileRun = HostileTrace(now.AddMinutes(-50));
        Judge(AgentRun, "correctness", 0.94, "Matches the billing ledger; the day count is right.");
        Judge(AgentRun, "user_score", true, "“Ah, that makes sense, thanks!”");
        Judge(AgentRun, "conciseness", 0.62, "The table repeats what the sentence already says.");
        Judge(WaitedFor, "user_score", 1, "Given before the run.");
    }

    public List<JsonObject> Runs { get; } = [];

    public List<JsonObject> Feedback { get; } = [];

    /// <summary>A root with all kinds of runs below it, one of them failed.</summary>
    public Guid AgentRun { get; }

    /// <summary>The model's call with a thought and a tool call, in the same trace.</summary>
    public Guid ModelRun { get; private set; }

    /// <summary>The root of 10,001 runs.</summary>
    public Guid BigRun { get; }

    public Guid HostileRun { get; }

    /// <summary>An id that has feedback but no run.</summary>
    public Guid WaitedFor { get; } = Uuid7.NewGuid();

    /// <summary>A run as SDKs send it.</summary>
    public static JsonObject Run(
        string name, string type, DateTimeOffset start, double seconds, JsonObject? parent, JsonNode? inputs, JsonNode? outputs, string project = Project)
    {
        var id = Uuid7.FromTime(start);
        var run = new JsonObject
        {
            ["id"] = id.ToString(),
            ["trace_id"] = (string?)parent?["trace_id"] ?? id.ToString(),
            ["dotted_order"] = DottedOrder.Print((string?)parent?["dotted_order"], start, id),
            ["name"] = name,
            ["run_type"] = type,
            ["start_time"] = start.ToString("O", CultureInfo.InvariantCulture),
            ["session_name"] = project,
            ["inputs"] = inputs ?? new JsonObject(),
            ["extra"] = new JsonObject { ["metadata"] = new JsonObject(), ["runtime"] = new JsonObject { ["sdk"] = "langsmith-dotnet" } },
        };
        if (parent is not null)
        {
            run["parent_run_id"] = (string)parent["id"]!;
        }

        if (seconds >= 0)
        {
            run["end_time"] = start.AddSeconds(seconds).ToString("O", CultureInfo.InvariantCulture);
            run["outputs"] = outputs ?? new JsonObject();
        }

        return run;
    }

    private static JsonObject Message(string role, string content) => new() { ["role"] = role, ["content"] = content };

    private Guid Agent(DateTimeOffset start, int i)
    {
        var question = s_questions[i % s_questions.Length];
        var speed = i == 0 ? 1 : 0.4 + (_random.NextDouble() * 1.4);
        var fails = i % 13 == 5;
        DateTimeOffset At(double seconds) => start.AddSeconds(seconds * speed);
        const string answer =
            "Good question — the plan did not change, but **the number of seats did**.\n\nOn 20 October two seats were added to your workspace (by *Ines Duarte*). " +
            "The Team plan bills each seat by the day, so October includes a part-month charge:\n\n| Item | Seats | Days | Price | Amount |\n|--|--|--|--|--|\n" +
            "| Team seat, 20–30 Oct | 2 | 11 of 31 | €15.00 | €10.65 |\n\n```\n2 × €15.00 × 11 / 31 = €10.65\n```\n\nFrom November these seats appear as normal seats and **there is no further proration**.";
        var root = Add(Run("support-agent", "chain", start, 8.13 * speed, null, new JsonObject { ["messages"] = new JsonArray(Message("user", question)) },
            fails ? null : new JsonObject { ["messages"] = new JsonArray(Message("user", question), Message("assistant", answer)) }));
        Metadata(root)["thread_id"] = $"thread-{i % 9}";
        Metadata(root)["customer"] = i % 2 == 0 ? "acme" : "globex";
        root["tags"] = new JsonArray("prod", i % 3 == 0 ? "eu-west" : "us-east");
        if (fails)
        {
            root["error"] = "TimeoutException: The ledger did not answer within 5 s.\n   at Shop.Tools.Ledger.ReadAsync(String invoice) in Ledger.cs:line 41\n   at Shop.Agent.RunAsync() in Agent.cs:line 88";
        }

        Add(Run("load_memory", "chain", At(0.001), 0.0078, root, null, null));
        var intent = Add(Run("classify_intent", "chain", At(0.01), 0.363 * speed, root, new JsonObject { ["text"] = question }, new JsonObject { ["intent"] = "billing" }));
        Add(Run("ChatPromptTemplate", "prompt", At(0.011), 0.0012, intent, null, null));
        Model(Run("ChatOpenAI", "llm", At(0.013), 0.359 * speed, intent, new JsonObject { ["messages"] = new JsonArray(Message("system", "Classify."), Message("user", question)) },
            new JsonObject { ["generations"] = new JsonArray(new JsonArray(new JsonObject { ["text"] = "billing", ["message"] = Message("assistant", "billing") })) }), s_models[i % 3], 1200, 100);
        Add(Run("JsonOutputParser", "parser", At(0.372), 0.0019, intent, null, null));
        var retriever = Add(Run("hybrid_retriever", "retriever", At(0.4), 0.405 * speed, root, new JsonObject { ["query"] = "proration team plan" },
            new JsonObject
            {
                ["documents"] = new JsonArray(
                    new JsonObject { ["page_content"] = "# Proration\nSeats that are added during a month are **billed by the day**.", ["metadata"] = new JsonObject { ["source"] = "handbook/billing.md", ["score"] = 0.92 } },
                    new JsonObject { ["page_content"] = "A Team seat costs €15.00 a month.", ["metadata"] = new JsonObject { ["source"] = "prices.md", ["score"] = 0.71 } }),
            }));
        Add(Run("text-embedding-3-large", "embedding", At(0.4), 0.107 * speed, retriever, new JsonObject { ["text"] = question }, null));
        Add(Run("vector_search", "retriever", At(0.51), 0.034 * speed, retriever, null, null));
        Add(Run("bm25_search", "retriever", At(0.55), 0.028 * speed, retriever, null, null));
        var react = Add(Run("react_agent", "chain", At(0.82), 4.83 * speed, root, null, null));
        var agent = Add(Run("agent", "chain", At(0.82), 2.01 * speed, react, null, null));
        var call = Run("ChatAnthropic", "llm", At(0.83), 2.0 * speed, agent,
            new JsonObject { ["messages"] = new JsonArray(Message("system", "You are a support agent. Be exact with money."), Message("user", question)) },
            new JsonObject
            {
                ["role"] = "assistant",
                ["content"] = new JsonArray(
                    new JsonObject { ["type"] = "thinking", ["thinking"] = "The ledger knows when seats were added." },
                    new JsonObject { ["type"] = "text", ["text"] = "Let me look into the ledger." },
                    new JsonObject { ["type"] = "tool_use", ["id"] = "toolu_01", ["name"] = "sql_query", ["input"] = new JsonObject { ["sql"] = "select * from seat_change where month = '2026-10'", ["limit"] = 20 } }),
            });
        call["events"] = new JsonArray(new JsonObject { ["name"] = "new_token", ["time"] = At(1.2).ToString("O", CultureInfo.InvariantCulture) });
        Model(call, "claude-sonnet-5", 2544, 785);
        if (i == 0)
        {
            ModelRun = Guid.Parse((string)call["id"]!);
        }

        var tools = Add(Run("tools", "chain", At(2.84), 0.408 * speed, react, null, null));
        var page = Add(Run("fetch_page", "tool", At(2.84), 0.407 * speed, tools, new JsonObject { ["url"] = "https://status.example.com" }, null));
        page["error"] = "Traceback (most recent call last):\n  File \"tools.py\", line 31, in fetch\n    raise TimeoutError(url)\nTimeoutError: no answer within 0.4 s";
        Add(Run("sql_query", "tool", At(2.84), 0.126 * speed, tools, new JsonObject { ["sql"] = "select 1" }, new JsonObject { ["rows"] = new JsonArray(new JsonArray(2, "Ines Duarte"), new JsonArray(0, "—")), ["complete"] = true, ["next"] = null }));
        var second = Add(Run("agent", "chain", At(3.26), 0.557 * speed, react, null, null));
        Model(Run("ChatOpenAI", "llm", At(3.27), 0.55 * speed, second, new JsonObject { ["prompt"] = question }, new JsonObject { ["output"] = answer }), "gpt-5-mini", 1500, 300);
        return Guid.Parse((string)root["id"]!);
    }

    private Guid Big(DateTimeOffset start)
    {
        string[] names = ["step", "agent", "ChatOpenAI", "lookup", "rerank"];
        string[] types = ["chain", "chain", "llm", "tool", "retriever"];
        var root = Add(Run("nightly-eval", "chain", start, 660, null, null, null, "big"));
        var open = new List<JsonObject> { root };
        for (var i = 0; i < 10_000; i++)
        {
            var kind = _random.Next(names.Length);
            var parent = open[Math.Max(0, open.Count - 1 - _random.Next(40))];
            var run = Add(Run(names[kind], types[kind], start.AddMilliseconds(i * 62), 0.05 + (_random.NextDouble() * 2), parent, null, null, "big"));
            if (i % 997 == 5)
            {
                run["error"] = "Boom: number " + i.ToString(CultureInfo.InvariantCulture);
            }

            if (kind < 2 && ((string)run["dotted_order"]!).Count(c => c == '.') < 12)
            {
                open.Add(run);
            }
        }

        return Guid.Parse((string)root["id"]!);
    }

    private Guid HostileTrace(DateTimeOffset start)
    {
        var root = Add(Run(Hostile, "chain", start, 1, null, new JsonObject { [Hostile] = Hostile, ["messages"] = new JsonArray(Message("user", Hostile)) },
            new JsonObject { ["output"] = Hostile }, Hostile));
        root["tags"] = new JsonArray(Hostile);
        root["error"] = Hostile;
        Metadata(root)[Hostile] = Hostile;
        Metadata(root)["thread_id"] = Hostile;
        Metadata(root)["ls_model_name"] = Hostile;
        Add(Run(Hostile, "tool", start.AddMilliseconds(1), 0.5, root, new JsonObject { ["documents"] = Hostile },
            new JsonObject { ["documents"] = new JsonArray(new JsonObject { ["page_content"] = Hostile, ["metadata"] = new JsonObject { ["source"] = Hostile } }) }, Hostile));
        var id = Guid.Parse((string)root["id"]!);
        Feedback.Add(new JsonObject { ["run_id"] = id.ToString(), ["key"] = Hostile, ["score"] = 0.5, ["value"] = Hostile, ["comment"] = Hostile, ["correction"] = new JsonObject { [Hostile] = Hostile } });
        return id;
    }

    private void Model(JsonObject run, string model, int prompt, int completion)
    {
        Metadata(run)["ls_model_name"] = model;
        Metadata(run)["ls_provider"] = model.StartsWith("claude", StringComparison.Ordinal) ? "anthropic" : "openai";
        if (run["outputs"] is JsonObject outputs)
        {
            outputs["usage_metadata"] = new JsonObject { ["input_tokens"] = prompt, ["output_tokens"] = completion, ["total_tokens"] = prompt + completion };
        }

        Add(run);
    }

    private static JsonObject Metadata(JsonObject run) => (JsonObject)run["extra"]!["metadata"]!;

    private void Judge(Guid run, string key, JsonNode score, string comment) =>
        Feedback.Add(new JsonObject { ["run_id"] = run.ToString(), ["key"] = key, ["score"] = score, ["comment"] = comment });

    private JsonObject Add(JsonObject run)
    {
        Runs.Add(run);
        return run;
    }
}
