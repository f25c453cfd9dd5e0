using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Web.Journeys.Support;

/// <summary>A dataset with two experiments, a queue and a prompt, as SDKs make them; and the same with hostile content in every field.</summary>
public sealed class DemoCuration
{
    private static readonly SemaphoreSlim s_once = new(1, 1);
    private static DemoCuration? s_made;

    private readonly HttpClient _http;

    private DemoCuration(HttpClient http) => _http = http;

    public Guid Dataset { get; private set; }

    public List<Guid> Examples { get; } = [];

    /// <summary>The older experiment and the newer one, which is worse at two examples.</summary>
    public List<Guid> Experiments { get; } = [];

    public Guid Queue { get; private set; }

    public List<Guid> QueueRuns { get; } = [];

    public Guid Prompt { get; private set; }

    /// <summary>The hash of its newest commit.</summary>
    public string PromptCommit { get; private set; } = "";

    public Guid HostileDataset { get; private set; }

    public Guid HostileExperiment { get; private set; }

    public Guid HostileQueue { get; private set; }

    /// <summary>Makes it once for all journeys.</summary>
    public static async Task<DemoCuration> OfAsync(Site site)
    {
        await s_once.WaitAsync();
        try
        {
            return s_made ??= await MakeAsync(site);
        }
        finally
        {
            s_once.Release();
        }
    }

    private static async Task<DemoCuration> MakeAsync(Site site)
    {
        using var http = new HttpClient { BaseAddress = new Uri(site.Url) };
        var demo = new DemoCuration(http);
        demo.Dataset = await demo.DatasetAsync("support-questions", "Real questions of customers, with the answers of the billing team");
        for (var i = 0; i < 6; i++)
        {
            demo.Examples.Add(await demo.ExampleAsync(
                demo.Dataset, new JsonObject { ["question"] = $"Question {i + 1}: why is line {i + 1} of invoice INV-2041{i} so high?" },
                new JsonObject { ["answer"] = $"Two seats were added on day {i + 3}." }, i < 4 ? "train" : "test"));
        }

        demo.Experiments.Add(await demo.ExperimentAsync("answers-gpt-5-mini", demo.Dataset, demo.Examples, [1, 1, 0.5, 1, 0, 1]));
        demo.Experiments.Add(await demo.ExperimentAsync("answers-claude-sonnet", demo.Dataset, demo.Examples, [1, 0.25, 1, 1, 0, 0]));
        await demo.QueueAsync();
        await demo.PromptAsync();
        await demo.HostileAsync();
        return demo;
    }

    private async Task HostileAsync()
    {
        const string text = DemoTraces.Hostile;
        HostileDataset = await DatasetAsync("hostile " + text, text);
        var example = await ExampleAsync(HostileDataset, new JsonObject { [text] = text }, new JsonObject
        {
            ["messages"] = new JsonArray(
            new JsonObject { ["role"] = "assistant", ["content"] = text })
        }, text);
        HostileExperiment = await ExperimentAsync("hostile " + text, HostileDataset, [example], [0.5], text);
        await PutAsync($"/api/v1/datasets/{HostileDataset}/tags", new JsonObject { ["as_of"] = "2100-01-01T00:00:00Z", ["tag"] = text });
        HostileQueue = Id(await PostAsync("/api/v1/annotation-queues", new JsonObject
        {
            ["name"] = "hostile " + text,
            ["description"] = text,
            ["rubric_instructions"] = text,
            ["rubric_items"] = new JsonArray(new JsonObject
            {
                ["feedback_key"] = "hostile-key",
                ["description"] = text,
                ["value_descriptions"] = new JsonObject { [text] = text },
            }),
        }));
        await PostAsync("/api/v1/feedback-configs", new JsonObject
        {
            ["feedback_key"] = "hostile-key",
            ["feedback_config"] = new JsonObject { ["type"] = "categorical", ["categories"] = new JsonArray(new JsonObject { ["value"] = 1, ["label"] = text }) },
        });
        await PostAsync($"/api/v1/annotation-queues/{HostileQueue}/runs", new JsonArray(QueueRuns[0].ToString()));
        await PostAsync("/api/v1/repos", new JsonObject { ["repo_handle"] = "hostile-prompt", ["description"] = text, ["readme"] = text, ["tags"] = new JsonArray(text), ["is_public"] = false });
        await CommitAsync("hostile-prompt", [("system", text), (text, text)], text);
        await CommitAsync("hostile-prompt", [("system", "2 " + text), ("human", text)], text);
        await PostAsync("/api/v1/api-key", new JsonObject { ["description"] = text });
    }

    private async Task QueueAsync()
    {
        Queue = Id(await PostAsync("/api/v1/annotation-queues", new JsonObject
        {
            ["name"] = "Billing answers",
            ["description"] = "A look at what the agent tells customers about money",
            ["rubric_instructions"] = "Read the answer as the **customer** would.\n\n- Is it right?\n- Is it kind?",
            ["rubric_items"] = new JsonArray(
                new JsonObject { ["feedback_key"] = "correct", ["description"] = "Do the figures match the ledger?", ["is_required"] = true },
                new JsonObject
                {
                    ["feedback_key"] = "tone",
                    ["description"] = "How it sounds",
                    ["value_descriptions"] = new JsonObject { ["kind"] = "As to a friend", ["cold"] = "As a form letter" },
                }),
        }));
        await PostAsync("/api/v1/feedback-configs", new JsonObject
        {
            ["feedback_key"] = "tone",
            ["feedback_config"] = new JsonObject
            {
                ["type"] = "categorical",
                ["categories"] = new JsonArray(new JsonObject { ["value"] = 1, ["label"] = "kind" }, new JsonObject { ["value"] = 0, ["label"] = "cold" }),
            },
        });
        for (var i = 0; i < 3; i++)
        {
            var run = DemoTraces.Run(
                $"answer {i + 1}", "chain", DateTimeOffset.UtcNow.AddHours(-3 - i), 1.2, null,
                new JsonObject { ["question"] = $"Why was I charged twice in month {i + 1}?" },
                new JsonObject { ["answer"] = "The second line is the *proration* of the seats that were added. **Nothing** was charged twice." }, "billing");
            await PostAsync("/api/v1/runs", run);
            QueueRuns.Add(Guid.Parse((string)run["id"]!));
        }

        await PostAsync($"/api/v1/annotation-queues/{Queue}/runs", new JsonArray([.. QueueRuns.Select(id => JsonValue.Create(id.ToString()))]));
    }

    private async Task PromptAsync()
    {
        var prompt = await PostAsync("/api/v1/repos", new JsonObject
        {
            ["repo_handle"] = "billing-answer",
            ["description"] = "Answers a question about an invoice",
            ["tags"] = new JsonArray("billing", "chat"),
            ["is_public"] = false,
        });
        await CommitAsync("billing-answer", [("system", "You are a billing agent.\nAnswer shortly."), ("human", "{question}")], "First words");
        Prompt = Id(prompt["repo"]!);
        var newest = await CommitAsync("billing-answer", [("system", "You are the billing agent of Brightline.\nAnswer shortly.\nName the line of the invoice."), ("human", "{question}")], "Name the line");
        PromptCommit = (string)newest["commit"]!["commit_hash"]!;
    }

    /// <summary>Gives a dataset a link that needs no key.</summary>
    /// <returns>The token in the link.</returns>
    public async Task<string> ShareAsync(Guid dataset)
    {
        // The client that made everything is gone with the making.
        using var http = new HttpClient { BaseAddress = _http.BaseAddress };
        using var answer = await http.PutAsJsonAsync(new Uri($"/api/v1/datasets/{dataset}/share", UriKind.Relative), new JsonObject { ["dataset_id"] = dataset.ToString() });
        return (string)JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!["share_token"]!;
    }

    private Task<JsonNode> CommitAsync(string prompt, (string Role, string Text)[] messages, string description) =>
        PostAsync($"/api/v1/commits/-/{prompt}", new JsonObject
        {
            ["description"] = description,
            ["manifest"] = new JsonObject
            {
                ["lc"] = 1,
                ["type"] = "constructor",
                ["id"] = new JsonArray("langchain", "prompts", "chat", "ChatPromptTemplate"),
                ["kwargs"] = new JsonObject
                {
                    ["input_variables"] = new JsonArray("question"),
                    ["messages"] = new JsonArray([.. messages.Select(message => Template(message.Role, message.Text))]),
                },
            },
        });

    private static JsonObject Template(string role, string text) => new()
    {
        ["lc"] = 1,
        ["type"] = "constructor",
        ["id"] = new JsonArray("langchain_core", "prompts", "chat", role == "human" ? "HumanMessagePromptTemplate" : role == "system" ? "SystemMessagePromptTemplate" : role),
        ["kwargs"] = new JsonObject
        {
            ["prompt"] = new JsonObject
            {
                ["lc"] = 1,
                ["type"] = "constructor",
                ["id"] = new JsonArray("langchain_core", "prompts", "prompt", "PromptTemplate"),
                ["kwargs"] = new JsonObject { ["template"] = text, ["template_format"] = "f-string" },
            },
        },
    };

    private async Task<Guid> DatasetAsync(string name, string description) =>
        Id(await PostAsync("/api/v1/datasets", new JsonObject { ["name"] = name, ["description"] = description }));

    private async Task<Guid> ExampleAsync(Guid dataset, JsonObject inputs, JsonObject outputs, string split) => Id(await PostAsync("/api/v1/examples", new JsonObject
    {
        ["dataset_id"] = dataset.ToString(),
        ["inputs"] = inputs,
        ["outputs"] = outputs,
        ["split"] = split,
        ["metadata"] = new JsonObject { ["dataset_split"] = new JsonArray(split) },
    }));

    private async Task<Guid> ExperimentAsync(string name, Guid dataset, List<Guid> examples, double[] scores, string? text = null)
    {
        var experiment = Id(await PostAsync("/api/v1/sessions", new JsonObject
        {
            ["name"] = name,
            ["reference_dataset_id"] = dataset.ToString(),
            ["description"] = text,
            ["start_time"] = DateTimeOffset.UtcNow.ToString("O"),
        }));
        for (var i = 0; i < examples.Count; i++)
        {
            var run = DemoTraces.Run(
                text ?? "answer", "chain", DateTimeOffset.UtcNow.AddMinutes(-5 + i), 0.8 + (i * 0.3), null, new JsonObject { ["question"] = "…" },
                new JsonObject { ["answer"] = text ?? $"{name} says: two seats were added, hence the higher amount on line {i + 1}." });
            run.Remove("session_name");
            run["session_id"] = experiment.ToString();
            run["reference_example_id"] = examples[i].ToString();
            await PostAsync("/api/v1/runs", run);
            await PostAsync("/api/v1/feedback", new JsonObject
            {
                ["run_id"] = (string)run["id"]!,
                ["key"] = text is null ? "correctness" : "<b>key</b>",
                ["score"] = scores[i],
                ["comment"] = text,
            });
        }

        return experiment;
    }

    private static Guid Id(JsonNode node) => Guid.Parse((string)node["id"]!);

    private Task<JsonNode> PostAsync(string path, JsonNode body) => SendAsync(HttpMethod.Post, path, body);

    private Task<JsonNode> PutAsync(string path, JsonNode body) => SendAsync(HttpMethod.Put, path, body);

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body) };
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text) ?? new JsonObject();
    }
}
