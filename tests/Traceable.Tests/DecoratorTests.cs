using LangSmith;
using LangSmith.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Traceable.Tests;

/// <summary>Generated decorators trace services from wherever they are called.</summary>
public sealed class DecoratorTests
{
    /// <summary>A service whose class says what is traced.</summary>
    internal interface IStore : IDisposable
    {
        string Name { get; set; }

        Task<string> ReadAsync(int id, CancellationToken cancellationToken = default);

        T Echo<T>(T value)
            where T : notnull;

        int Untraced();

        int Explicit(int number);
    }

    [Fact]
    public async Task AddTraced_ClassSaysWhatIsTraced_IsTracedThroughTheInterface()
    {
        using var capture = RunCapture.Start();
        await using var provider = new ServiceCollection().AddTraced<IStore, Store>().BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IStore>();

        Assert.Equal("row 7", await store.ReadAsync(7));
        Assert.Equal(3, store.Echo(3));
        Assert.Equal(1, store.Untraced());
        Assert.Equal(8, store.Explicit(4));
        store.Name = "renamed";

        Assert.Equal("renamed", store.Name);
        Assert.Equal(["read", "Echo", "twice"], capture.Runs.Select(run => run.Name));
        Assert.Equal("""{"id":7}""", capture.Single("read").Inputs!.ToJsonString());
        Assert.Equal("row 7", (string?)capture.Single("read").Outputs!["output"]);
        Assert.Equal("[\"database\"]", System.Text.Json.JsonSerializer.Serialize(capture.Single("read").Tags));
    }

    [Fact]
    public void AddTraced_ContainerEnds_DisposesOfTheService()
    {
        var provider = new ServiceCollection().AddTraced<IStore, Store>(ServiceLifetime.Singleton).BuildServiceProvider();
        var store = provider.GetRequiredService<IStore>();
        Assert.Same(store, provider.GetRequiredService<IStore>());
        store.Name = "open";

        provider.Dispose();

        Assert.Equal("closed", store.Name);
    }

    [Fact]
    public void DecorateTraced_HoweverItWasRegistered_IsOneRunPerCall()
    {
        using var capture = RunCapture.Start();
        foreach (var services in new[]
        {
            new ServiceCollection().AddSingleton<IGreeter, Greeter>(),
            new ServiceCollection().AddTransient<IGreeter>(_ => new Greeter()),
            new ServiceCollection().AddSingleton<IGreeter>(new Greeter()),
        })
        {
            using var provider = services.DecorateTraced<IGreeter>().BuildServiceProvider();
            var greeter = provider.GetRequiredService<IGreeter>();

            // The first call is intercepted as well, the second is one that nothing could intercept.
            Assert.Equal("hello you", greeter.Greet("you"));
            Assert.Equal(["hello me"], new[] { "me" }.Select(Unreachable(greeter)));
        }

        Assert.Equal(6, capture.Runs.Count);
        Assert.All(capture.Runs, run => Assert.Null(run.ParentRunId));
    }

    [Fact]
    public void DecorateTraced_NothingRegistered_SaysWhatToDo()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => new ServiceCollection().DecorateTraced<IGreeter>());

        Assert.Contains(nameof(IGreeter), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decorate_ACallWithItsOwnId_RunsUnderIt()
    {
        using var capture = RunCapture.Start();
        var id = Uuid7.NewGuid();
        var greeter = LangSmith.Traceable.Decorate<IGreeter>(new Greeter());

        greeter.Greet("you", new RunOptions { RunId = id });

        Assert.Equal(id, Assert.Single(capture.Runs).Id);
    }

    [Fact]
    public void Decorate_CalledByReflection_IsNotReplacedAndSaysSo()
    {
        var decorate = typeof(LangSmith.Traceable).GetMethods().Single(method => method.Name == "Decorate").MakeGenericMethod(typeof(IGreeter));

        var failure = Assert.Throws<System.Reflection.TargetInvocationException>(() => decorate.Invoke(null, [new Greeter()]));

        Assert.Contains("LS1003", Assert.IsType<InvalidOperationException>(failure.InnerException).Message, StringComparison.Ordinal);
    }

#pragma warning disable LS0004 // What nothing can intercept is what is tested.
    private static Func<string, string> Unreachable(IGreeter greeter) => greeter.Greet;
#pragma warning restore LS0004

    /// <summary>A service as an application has it.</summary>
    internal sealed class Store : IStore
    {
        public string Name { get; set; } = "";

        [Traceable("read", Tags = ["database"])]
        public async Task<string> ReadAsync(int id, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            return $"row {id}";
        }

        [Traceable]
        public T Echo<T>(T value)
            where T : notnull => value;

        public int Untraced() => 1;

        [Traceable("twice", ProcessInputs = nameof(Masked))]
        int IStore.Explicit(int number) => number * 2;

        internal static object Masked(int number) => new { digits = number.ToString(System.Globalization.CultureInfo.InvariantCulture).Length };

        public void Dispose() => Name = "closed";
    }
}
