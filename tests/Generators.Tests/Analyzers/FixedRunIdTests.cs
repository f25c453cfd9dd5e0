using Generators.Tests.Testing;
using LangSmith.Generators.Analyzers;

namespace Generators.Tests.Analyzers;

/// <summary>LS0005: one run id that would be given to many calls.</summary>
public sealed class FixedRunIdTests
{
    [Fact]
    public async Task Options_OutlivingOneCall_AreReported()
    {
        var found = await Analysis.FindsAsync<FixedRunIdAnalyzer>(
            "LS0005",
            """
            class C
            {
                static readonly RunOptions s_options = new() { [|RunId = Uuid7.NewGuid()|] };
                static readonly TracedFunc<string, string> s_ask = Traceable.Wrap((string question) => question, new() { [|RunId = Uuid7.NewGuid()|] });
                TracedFunc<string, string> Ask { get; } = Traceable.Wrap((string question) => question, new() { [|RunId = Uuid7.NewGuid()|] });
                RunOptions? _kept;

                static void M(string[] questions)
                {
                    var options = new RunOptions { [|RunId = Uuid7.NewGuid()|] };
                    foreach (var question in questions)
                    {
                        using var run = Traceable.StartRun(question, options);
                    }

                    var ask = Traceable.Wrap((string question) => question, new() { [|RunId = Uuid7.NewGuid()|] });
                    for (var index = 0; index < 3; index++)
                    {
                        ask.Invoke("why");
                    }
                }

                void Keep() => _kept = new() { [|RunIdText = "01890a5d-ac96-774b-bcce-b302099a8057"|] };
            }
            """);

        Assert.Contains("'s_options'", found[0].GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public Task Options_ForOneCall_AreLeftAlone() => Analysis.IsSilentAsync<FixedRunIdAnalyzer>(
        """
        class C
        {
            static readonly RunOptions s_options = new() { Name = "no id" };

            static void M(string[] questions)
            {
                var once = new RunOptions { RunId = Uuid7.NewGuid() };
                using var run = Traceable.StartRun("once", once);
                foreach (var question in questions)
                {
                    var options = new RunOptions { RunId = Uuid7.NewGuid() };
                    using var inner = Traceable.StartRun(question, options);
                    using var other = Traceable.StartRun(question, new() { RunId = Uuid7.NewGuid() });
                }

                var ask = Traceable.Wrap((string question) => question, new() { RunId = Uuid7.NewGuid() });
                ask.Invoke("why");
            }
        }
        """);
}
