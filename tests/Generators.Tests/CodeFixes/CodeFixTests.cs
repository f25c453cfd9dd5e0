using Generators.Tests.Testing;
using LangSmith.CodeFixes;
using LangSmith.Generators.Analyzers;

namespace Generators.Tests.CodeFixes;

/// <summary>What the code fixes make of the code.</summary>
public sealed class CodeFixTests
{
    [Fact]
    public Task NewRunId_NewGuid_IsTakenFromUuid7() => Fixing.FixesAsync<RunIdAnalyzer, NewRunIdFix>(
        """
        using System;
        using LangSmith;

        class C
        {
            object M() => new RunOptions { RunId = Guid.NewGuid() };
        }
        """,
        """
        using System;
        using LangSmith;

        class C
        {
            object M() => new RunOptions { RunId = Uuid7.NewGuid() };
        }
        """);

    [Fact]
    public Task NewRunId_NamespaceNotImported_IsQualified() => Fixing.FixesAsync<RunIdAnalyzer, NewRunIdFix>(
        """
        using System;

        class C
        {
            object M(DateTimeOffset time) => new LangSmith.RunOptions { RunId = Guid.CreateVersion7(time) };
        }
        """,
        """
        using System;

        class C
        {
            object M(DateTimeOffset time) => new LangSmith.RunOptions { RunId = LangSmith.Uuid7.FromTime(time) };
        }
        """);

    [Fact]
    public Task MethodGroup_OneParameter_BecomesALambda() => Fixing.FixesAsync<UnreachableUseAnalyzer, MethodGroupFix>(
        """
        using System.Linq;
        using LangSmith;

        class C
        {
            [Traceable] public static int Double(int value) => value * 2;
            object M(int[] values) => values.Select(Double).ToArray();
        }
        """,
        """
        using System.Linq;
        using LangSmith;

        class C
        {
            [Traceable] public static int Double(int value) => value * 2;
            object M(int[] values) => values.Select(arg => Double(arg)).ToArray();
        }
        """);

    [Fact]
    public Task MethodGroup_NoParameters_BecomesALambda() => Fixing.FixesAsync<UnreachableUseAnalyzer, MethodGroupFix>(
        """
        using System;
        using LangSmith;

        class C
        {
            [Traceable] public int Get() => 1;
            Func<int> M() => this.Get;
        }
        """,
        """
        using System;
        using LangSmith;

        class C
        {
            [Traceable] public int Get() => 1;
            Func<int> M() => () => this.Get();
        }
        """);

    [Fact]
    public Task OpenScope_Declaration_GetsUsing() => Fixing.FixesAsync<OpenScopeAnalyzer, OpenScopeFix>(
        """
        using LangSmith;

        class C
        {
            void M()
            {
                // The answer.
                var run = Traceable.StartRun("answer");
                run.End();
            }
        }
        """,
        """
        using LangSmith;

        class C
        {
            void M()
            {
                // The answer.
                using var run = Traceable.StartRun("answer");
                run.End();
            }
        }
        """);

    [Fact]
    public Task OpenScope_Statement_IsDeclared() => Fixing.FixesAsync<OpenScopeAnalyzer, OpenScopeFix>(
        """
        using LangSmith;

        class C
        {
            void M()
            {
                Traceable.StartRun("answer");
            }
        }
        """,
        """
        using LangSmith;

        class C
        {
            void M()
            {
                using var run = Traceable.StartRun("answer");
            }
        }
        """);

    [Fact]
    public Task InterfaceCall_InterfaceHere_GetsTheAttribute() => Fixing.FixesAsync<UnreachableUseAnalyzer, InterfaceCallFix>(
        """
        using LangSmith;

        interface IService
        {
            /// <summary>Gets.</summary>
            int Get(int id);
        }

        class Service : IService
        {
            [Traceable] public int Get(int id) => id;
        }

        class C
        {
            int M(IService service) => service.Get(1);
        }
        """,
        """
        using LangSmith;

        interface IService
        {
            /// <summary>Gets.</summary>
            [Traceable]
            int Get(int id);
        }

        class Service : IService
        {
            [Traceable] public int Get(int id) => id;
        }

        class C
        {
            int M(IService service) => service.Get(1);
        }
        """);
}
