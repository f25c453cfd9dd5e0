using System.Net;
using System.Reflection;
using System.Text;
using LangSmith.Server.Api.Operations;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Server.Tests.Support;

namespace Server.Tests.Operations;

/// <summary>Which of LangSmith's operations the server has, and which test proves it: printed, so that it cannot tell yesterday's truth.</summary>
public sealed class CompatibilityTests(TestServer server) : IClassFixture<TestServer>
{
    private const string PagePath = "docs/compatibility.md";

    [Fact]
    public void Page_SaysWhatTheServerHas()
    {
        var path = Path.Combine(Root(), PagePath);
        var expected = Print();
        if (Environment.GetEnvironmentVariable("SNAPSHOT_ACCEPT") == "1")
        {
            File.WriteAllText(path, expected);
            return;
        }

        var actual = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        Assert.True(actual == expected, $"{PagePath} is not what the server has. Run `SNAPSHOT_ACCEPT=1 dotnet test --project tests/Server.Tests` and review the difference.");
    }

    [Fact]
    public void Proofs_NameOperationsThatThereAre()
    {
        var known = Operation.All.Select(o => o.Key).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(Proofs(), proof => !known.Contains(proof.Key));
    }

    [Fact]
    public void EveryOperationOfTheFirstPriority_IsThereAndProven()
    {
        var have = Have();
        var proven = Proofs().Select(p => p.Key).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(
            Operation.All.Where(o => o.Priority == "P0"),
            operation => !have.Contains(operation.Key) || !proven.Contains(operation.Key));
    }

    [Fact]
    public async Task MissingOperation_Is501ByNameAndAnUnknownOne404()
    {
        var problem = await server.PostAsync("/api/v1/runs/generate-query", "{}", HttpStatusCode.NotImplemented);
        Assert.Contains("/api/v1/runs/generate-query", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await server.GetAsync("/api/v1/no/such/operation", HttpStatusCode.NotFound);
    }

    private string Print()
    {
        var have = Have();
        var proofs = Proofs().ToLookup(p => p.Key, p => p.Test);
        var page = new StringBuilder(
            """
            # Compatibility

            LangSmith's operations, and which of them this server has. P0: tracing, feedback and queries; P1: what daily users expect; P2: the rest.
            What is missing answers 501 and says its name. This page is printed by a test (`CompatibilityTests`).

            | Priority | Operations | There | Proven by a test of their own |
            |---|---|---|---|

            """);
        foreach (var priority in Operation.All.GroupBy(o => o.Priority).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            page.Append($"| {priority.Key} | {priority.Count()} | {priority.Count(o => have.Contains(o.Key))} | {priority.Count(o => proofs[o.Key].Any())} |\n");
        }

        foreach (var area in Operation.All.GroupBy(o => o.Area))
        {
            page.Append($"\n## {area.Key}\n\n| | Operation | | Proof |\n|---|---|---|---|\n");
            foreach (var operation in area)
            {
                page.Append($"| {operation.Priority} | `{operation.Method} {operation.Path}` | {(have.Contains(operation.Key) ? "yes" : "501")} | {string.Join(", ", proofs[operation.Key])} |\n");
            }
        }

        return page.ToString().ReplaceLineEndings("\n");
    }

    private HashSet<string> Have() => MissingOperations.Keys([server.Services.GetRequiredService<EndpointDataSource>()]).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<(string Key, string Test)> Proofs() =>
        from type in typeof(CompatibilityTests).Assembly.GetTypes()
        from method in type.GetMethods()
        from proves in method.GetCustomAttributes<ProvesAttribute>()
        from operation in proves.Operations
        let parts = operation.Split(' ')
        orderby type.Name, method.Name
        select (new Operation("", "", parts[0], parts[1]).Key, $"{type.Name}.{method.Name}");

    internal static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LangSmith.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The repository is not above the test's folder.");
    }
}
