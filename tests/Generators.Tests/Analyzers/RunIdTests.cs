using Generators.Tests.Testing;
using LangSmith.Generators.Analyzers;

namespace Generators.Tests.Analyzers;

/// <summary>LS0001, LS0002 and LS0003: what is given as a run id.</summary>
public sealed class RunIdTests
{
    [Fact]
    public Task NewGuid_AsARunId_IsReportedWhereverOneIsTaken() => Analysis.FindsAsync<RunIdAnalyzer>(
        "LS0001",
        """
        class C
        {
            static void Take([RunId] Guid id) { }

            static void M(bool flag, Guid? given)
            {
                _ = new RunOptions { RunId = [|Guid.NewGuid()|] };
                _ = new TraceableOptions { RunId = flag ? [|Guid.NewGuid()|] : null };
                _ = new RunOptions { RunId = given ?? [|Guid.NewGuid()|] };
                Take([|Guid.NewGuid()|]);
                var id = [|Guid.NewGuid()|];
                Take(id);
            }
        }
        """);

    [Fact]
    public Task NewGuid_ElsewhereOrUnknown_IsLeftAlone() => Analysis.IsSilentAsync<RunIdAnalyzer>(
        """
        class C
        {
            static void M(Guid given)
            {
                var id = Guid.NewGuid();
                id = Uuid7.NewGuid();
                _ = new RunOptions { RunId = id, ReferenceExampleId = Guid.NewGuid() };
                _ = new RunOptions { RunId = given };
                _ = new RunOptions { RunId = Uuid7.NewGuid() };
            }
        }
        """);

    [Fact]
    public async Task CreateVersion7_AsARunId_IsReportedWithItsRemedy()
    {
        var found = await Analysis.FindsAsync<RunIdAnalyzer>(
            "LS0002",
            """
            class C
            {
                static void M(DateTimeOffset time)
                {
                    _ = new RunOptions { RunId = [|Guid.CreateVersion7()|] };
                    _ = new RunOptions { RunId = [|Guid.CreateVersion7(time)|] };
                }
            }
            """);

        Assert.Contains("Uuid7.NewGuid()", found[0].GetMessage(null), StringComparison.Ordinal);
        Assert.Contains("Uuid7.FromTime", found[1].GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RunId = [|Guid.Empty|]", "nil UUID")]
    [InlineData("RunId = [|new Guid()|]", "nil UUID")]
    [InlineData("RunId = Guid.Parse([|\"order-4711\"|])", "no UUID")]
    [InlineData("RunId = new Guid([|\"7f3e4a52-93d6-4c1e-9a53-7c8f0d2b1e66\"|])", "version 4")]
    [InlineData("RunIdText = [|\"order-4711\"|]", "no UUID")]
    [InlineData("RunIdText = [|\"00000000-0000-0000-0000-000000000000\"|]", "nil UUID")]
    [InlineData("RunIdText = [|\"01890a5d-ac96-774b-ccce-b302099a8057\"|]", "variant")]
    public async Task Literal_NoUsableRunId_IsReportedWithTheReason(string initializer, string reason)
    {
        var found = await Analysis.FindsAsync<RunIdAnalyzer>("LS0003", $$"""class C { object M() => new RunOptions { {{initializer}} }; }""");

        Assert.Contains(reason, Assert.Single(found).GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("01890a5d-ac96-774b-bcce-b302099a8057")]
    [InlineData("01890A5DAC96774BBCCEB302099A8057")]
    [InlineData("urn:uuid:01890a5d-ac96-774b-bcce-b302099a8057")]
    [InlineData("{01890a5d-ac96-774b-bcce-b302099a8057}")]
    public Task Literal_Uuid7InAnyForm_IsLeftAlone(string id) =>
        Analysis.IsSilentAsync<RunIdAnalyzer>($$"""class C { object M() => new RunOptions { RunIdText = "{{id}}" }; }""");
}
