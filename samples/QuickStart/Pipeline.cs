using LangSmith;

namespace QuickStart;

/// <summary>A small question-answering pipeline, traced under ids given in every way there is.</summary>
internal static class Pipeline
{
    public static async Task<RunIds> RunAsync(LangSmithClient client)
    {
        var ids = new RunIds
        {
            Root = Uuid7.NewGuid(),
            Wrapped = Uuid7.NewGuid(),
            Attribute = Uuid7.NewGuid(),
            Tree = Uuid7.NewGuid(),
            // The same order makes the same id, in every process, every time.
            Retried = Uuid7.Deterministic(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero), "order-4711", "billing"),
        };

        // Before anything runs: the id is known, so it can be judged, linked and handed out.
        await client.CreateFeedbackAsync(ids.Root, "expected_by", 1, new FeedbackInput { Comment = "given before the run began" });

        // A scope.
        using (var run = Traceable.StartRun("answer", new RunOptions { RunId = ids.Root, Inputs = new { question = "What is a run id?" } }))
        {
            // A wrapped delegate, with the id of this call.
            var retrieve = Traceable.Wrap((string question) => Documents(question), new TraceableOptions { Name = "retrieve", RunType = "retriever" });
            var documents = retrieve.Invoke("What is a run id?", new RunOptions { RunId = ids.Wrapped });

            // A method with [Traceable]: the generated overload takes the options of the call.
            var best = new Ranker("What is a run id?").Best(documents, new RunOptions { RunId = ids.Attribute });

            // A child made by hand.
            var generate = run.CreateChild("generate", new RunOptions { RunId = ids.Tree, RunType = "llm", Inputs = new { document = best } });
            generate.Post();
            generate.AddMetadata("ls_model_name", "gpt-4o-mini");
            generate.AddMetadata("ls_provider", "openai");
            generate.End(new
            {
                answer = "The key under which a traced call is found.",
                usage_metadata = new { input_tokens = 120, output_tokens = 12, total_tokens = 132 },
            });

            run.AddTag("quickstart");
            run.End(new { answer = "The key under which a traced call is found." });
            run.AddFeedback("user_score", 1, comment: "given right after the run ended");
        }

        // A job that is retried under its deterministic id: one run, two attempts.
        await BillAsync(ids.Retried, fails: true);
        await BillAsync(ids.Retried, fails: false);
        return ids;
    }

    private static string[] Documents(string question) => [$"About \"{question}\": runs have ids.", "Ids are UUIDs, best of version 7."];

    private static async Task BillAsync(Guid id, bool fails)
    {
        try
        {
            await Traceable.RunAsync("bill", async run =>
            {
                run.SetInputs(new { order = 4711 });
                await Task.Yield();
                return fails ? throw new InvalidOperationException("The bank did not answer.") : new { billed = true };
            }, new RunOptions { RunId = id });
        }
        catch (InvalidOperationException)
        {
            Console.WriteLine("The first attempt failed, as planned; trying again under the same id.");
        }
    }
}
