using Generators.Tests.Testing;
using LangSmith.Generators.Analyzers;

namespace Generators.Tests.Analyzers;

/// <summary>LS0006: runs and scopes that nobody disposes of.</summary>
public sealed class OpenScopeTests
{
    [Fact]
    public Task Scope_NobodyDisposesOfIt_IsReported() => Analysis.FindsAsync<OpenScopeAnalyzer>(
        "LS0006",
        """
        class C
        {
            static void M(LangSmithTracer tracer)
            {
                [|Traceable.StartRun("a")|];
                _ = [|Traceable.BeginScope(projectName: "p")|];
                var run = [|tracer.StartRun("b")|];
                run.SetOutputs(42);
                run.End();
                var next = [|Traceable.ForNextRun(new())|];
            }
        }
        """);

    [Fact]
    public Task Scope_DisposedOfOrHandedOn_IsLeftAlone() => Analysis.IsSilentAsync<OpenScopeAnalyzer>(
        """
        class C
        {
            RunTree? _run;

            RunTree M(LangSmithTracer tracer)
            {
                using var a = Traceable.StartRun("a");
                using (var b = Traceable.StartRun("b")) { }
                using (Traceable.BeginScope(projectName: "p")) { }
                var c = Traceable.StartRun("c");
                try { } finally { c.Dispose(); }
                var d = Traceable.StartRun("d");
                using (d) { }
                _run = Traceable.StartRun("e");
                var f = tracer.StartRun("f");
                Keep(f);
                var g = Traceable.StartRun("g");
                g?.Dispose();
                return Traceable.StartRun("h");
            }

            static void Keep(IDisposable scope) => scope.Dispose();
        }
        """);
}
