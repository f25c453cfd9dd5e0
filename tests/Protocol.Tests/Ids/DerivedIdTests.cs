using System.Text.Json;
using CsCheck;

namespace LangSmith.Protocol.Tests.Ids;

public sealed class DerivedIdTests
{
    /// <summary>Keys of all sorts, lone surrogates apart: those are no text that UTF-8 can say.</summary>
    private static readonly Gen<string> s_keys = Gen.String[Gen.Char['\u0001', '\ud7ff'], 1, 40];

    private static readonly Gen<DateTimeOffset> s_times =
        Gen.Long[0, 253_402_300_799_999].Select(DateTimeOffset.FromUnixTimeMilliseconds);

    /// <summary>From <c>test_uuid_v7.py</c> of langsmith 0.11.1 for Python, which shares them with the JavaScript SDK.</summary>
    [Theory]
    [InlineData("019c0711-e1aa-7223-bf21-12119afe80f7", "other-key", "019c0711-e1aa-7614-833c-500ba8e2e686")]
    [InlineData("019c0711-e1aa-7223-bf21-12119afe80f7", "replica-project", "019c0711-e1aa-7817-8301-943c0df9a3cd")]
    [InlineData("01900000-0000-7000-8000-000000000000", "test", "01900000-0000-7132-8131-f80e352488a3")]
    public void Derive_PythonVector_IsByteExact(string original, string key, string expected) =>
        Assert.Equal(Guid.Parse(expected), Uuid7.Derive(Guid.Parse(original), key));

    [Fact]
    public void Derive_JavaScriptVectors_AreByteExact()
    {
        using var vectors = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "sampling-and-replica.json")));
        var compared = 0;
        foreach (var vector in vectors.RootElement.GetProperty("replica").EnumerateArray())
        {
            var id = vector.GetProperty("id").GetGuid();
            var project = vector.GetProperty("project").GetString()!;
            if (Uuid7.IsVersion7(id) && project.Length > 0)
            {
                Assert.Equal(vector.GetProperty("replica").GetGuid(), Uuid7.Derive(id, project));
                compared++;
            }
        }

        Assert.Equal(3, compared);
    }

    [Theory]
    [InlineData("a1b2c3d4-e5f6-4789-8abc-def012345678", "version 4")]
    [InlineData("00000000-0000-0000-0000-000000000000", "version 0")]
    public void Derive_OriginalOfAnotherVersion_IsRefusedWithTheRemedy(string original, string words)
    {
        var error = Assert.Throws<ArgumentException>(() => Uuid7.Derive(Guid.Parse(original), "project"));

        Assert.Equal("original", error.ParamName);
        Assert.Contains(words, error.Message);
        Assert.Contains(original, error.Message);
        Assert.Contains("Uuid7.NewGuid()", error.Message);
    }

    [Fact]
    public void Derive_NoKey_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Uuid7.Derive(Uuid7.NewGuid(), ""));
        Assert.Throws<ArgumentNullException>(() => Uuid7.Derive(Uuid7.NewGuid(), null!));
    }

    [Fact]
    public void Derive_AnyKey_KeepsTheTimeAndDependsOnKeyAndOriginal() =>
        Gen.Select(s_times, s_keys, s_keys).Sample((time, key, otherKey) =>
        {
            var original = Uuid7.FromTime(time);
            var derived = Uuid7.Derive(original, key);
            return derived != original
                && Uuid7.TryGetTimestamp(derived, out var read) && read == time
                && derived == Uuid7.Derive(original, key)
                && derived != Uuid7.Derive(Uuid7.FromTime(time), key)
                && (key == otherKey || derived != Uuid7.Derive(original, otherKey));
        });

    [Fact]
    public void Deterministic_SameArguments_IsTheSameIdNowAndInLaterVersions()
    {
        var time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

        // Pinned: jobs that were recorded under these ids must find them again after an upgrade.
        Assert.Equal(Guid.Parse("019b7ca9-8f2e-79e6-91ec-c618b007c292"), Uuid7.Deterministic(time, "order-1"));
        Assert.Equal(Guid.Parse("019b7ca9-8f2e-7fb5-8ab3-b9261a4d10e6"), Uuid7.Deterministic(time, "order-1", "shop"));
    }

    [Fact]
    public void Deterministic_ScopeAndKeyCutElsewhere_IsAnotherId()
    {
        var time = DateTimeOffset.UnixEpoch;

        Assert.NotEqual(Uuid7.Deterministic(time, "b:c", "a"), Uuid7.Deterministic(time, "c", "a:b"));
        Assert.NotEqual(Uuid7.Deterministic(time, "bc", "a"), Uuid7.Deterministic(time, "c", "ab"));
        Assert.Equal(Uuid7.Deterministic(time, "key"), Uuid7.Deterministic(time, "key", ""));
    }

    [Fact]
    public void Deterministic_AnyArguments_CarriesTheMillisecondAndNothingFiner() =>
        Gen.Select(s_times, Gen.Int[0, 9_999], s_keys, s_keys).Sample((time, ticks, key, scope) =>
        {
            var id = Uuid7.Deterministic(time, key, scope);
            return Uuid7.IsVersion7(id)
                && Uuid7.TryGetTimestamp(id, out var read) && read == time
                && id == Uuid7.Deterministic(time.AddTicks(ticks), key, scope)
                && id == Uuid7.Deterministic(time.ToOffset(TimeSpan.Zero), key, scope);
        });

    [Fact]
    public void Deterministic_Before1970OrWithoutKey_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Uuid7.Deterministic(DateTimeOffset.UnixEpoch.AddDays(-1), "key"));
        Assert.Throws<ArgumentException>(() => Uuid7.Deterministic(DateTimeOffset.UnixEpoch, ""));
    }
}
