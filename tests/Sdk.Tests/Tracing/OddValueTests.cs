using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Testing;

namespace LangSmith.Sdk.Tests.Tracing;

/// <summary>Values that are hard to record: none may fail, or block, the code that is traced, and none takes others along.</summary>
public sealed class OddValueTests
{
    [Fact]
    public void Tuple_OfValues_IsRecordedWithItsItems() =>
        Assert.Equal("""{"Item1":"a","Item2":3}""", Recorded(("a", 3)).ToJsonString());

    [Fact]
    public void MembersWithoutContent_AreNamedAndTheOthersRecorded()
    {
        using var stream = new MemoryStream();
        var source = new TaskCompletionSource<int>();

        var recorded = Recorded(new
        {
            good = 1,
            call = (Func<int, string>)(number => $"{number}"),
            error = new InvalidOperationException("boom"),
            stream,
            type = typeof(int),
            cancel = CancellationToken.None,
            // Reading the result would wait for ever.
            task = source.Task,
            lazy = new Lazy<int>(() => throw new NotSupportedException()),
            items = Items(),
            handle = (nint)1,
        });

        Assert.Equal(1, (int?)recorded["good"]);
        Assert.Equal("[Func<Int32, String>]", (string?)recorded["call"]);
        Assert.Equal("System.InvalidOperationException: boom", (string?)recorded["error"]);
        Assert.Equal("[Task<Int32>]", (string?)recorded["task"]);
        Assert.All(
            ["stream", "type", "cancel", "lazy", "items", "handle"],
            name => Assert.StartsWith("[", (string?)recorded[name], StringComparison.Ordinal));
    }

    [Fact]
    public void MemberThatThrows_SaysSoAndTheOthersAreRecorded()
    {
        var recorded = Recorded(new { outer = 1, inner = new Throwing() });

        Assert.Equal(1, (int?)recorded["outer"]);
        Assert.Equal(2, (int?)recorded["inner"]!["Good"]);
        Assert.Equal("[not serializable: InvalidOperationException]", (string?)recorded["inner"]!["Bad"]);
        Assert.Null(recorded["inner"]!["Secret"]);
    }

    [Fact]
    public void Dictionaries_ThatHoldEachOther_EndInNull()
    {
        var parent = new Dictionary<string, object?>();
        var child = new Dictionary<string, object?> { ["parent"] = parent, ["again"] = parent };
        parent["children"] = new List<object?> { child, child };

        // Without an eye on what holds what, this is two to the power of the depth.
        Assert.Equal(
            """{"children":[{"parent":null,"again":null},{"parent":null,"again":null}]}""", Recorded(parent).ToJsonString());
    }

    [Fact]
    public void DictionaryThatChangesMeanwhile_DoesNotFailTheCall() =>
        Assert.StartsWith("[not serializable: Changing:", (string?)Recorded(new Changing())["input"], StringComparison.Ordinal);

    [Fact]
    public void ExceptionWhoseMessageThrows_IsItsType() =>
        Assert.EndsWith(nameof(Mute), (string?)Recorded(new Mute())["input"], StringComparison.Ordinal);

    [Fact]
    public void TextBeyondTheWritersLimit_SaysSo() =>
        Assert.Equal("[a text of 166666667 characters, which is too long to be recorded]", (string?)Recorded(new string('x', 166_666_667))["input"]);

    [Fact]
    public void JsonOptions_WithoutAResolver_AreTakenAsTheSerialiserDoes()
    {
        using var capture = RunCapture.Start(options => options.JsonOptions = new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true });

        using (Traceable.StartRun("run", new RunOptions { Inputs = new { FirstName = "A" } }))
        {
        }

        Assert.Equal("""{"firstName":"A"}""", capture.Single("run").Inputs!.ToJsonString());
    }

    private static JsonNode Recorded(object value)
    {
        using var capture = RunCapture.Start();
        using (Traceable.StartRun("run", new RunOptions { Inputs = value }))
        {
        }

        return capture.Single("run").Inputs!;
    }

    private static async IAsyncEnumerable<int> Items()
    {
        await Task.Yield();
        yield return 1;
    }

    private sealed class Throwing
    {
        public int Good => 2;

        public int Bad => throw new InvalidOperationException($"not {Good}");

        [Redact]
        public string Secret => $"{Good}";
    }

    private sealed class Mute : Exception
    {
        public override string Message => throw new InvalidOperationException();
    }

    private sealed class Changing : Dictionary<string, object?>, IEnumerable<KeyValuePair<string, object?>>
    {
        IEnumerator<KeyValuePair<string, object?>> IEnumerable<KeyValuePair<string, object?>>.GetEnumerator()
        {
            yield return new("a", 1);
            throw new InvalidOperationException("Collection was modified.");
        }
    }
}
