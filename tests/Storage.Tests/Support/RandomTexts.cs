using CsCheck;

namespace LangSmith.Server.Storage.Tests.Support;

/// <summary>Values from a small stock, so that filters and runs meet; hostile ones among them.</summary>
internal static class RandomTexts
{
    /// <summary>Texts that would hurt if they became part of a statement, a pattern or JSON.</summary>
    public static readonly string[] Hostile =
    [
        "'; DROP TABLE run; --", "\") OR 1=1 --", "?1", "%", "_", "\\", "a%b", "100%_\\", "\" NEAR \"", "x' AND 'y", "{\"a\":1}", "[1]", "null", "\u00e9\ud83d\ude00",
    ];

    public static readonly Gen<string> Name = Gen.Frequency(
        (6, Gen.OneOf("run", "Run", "agent one", "agent two", "ChatOpenAI", "", "5", "5.0", "true", "Stra\u00dfe", "\u4e16\u754c now", "z\uffee", "z\ud83d\ude00")),
        (2, Gen.OneOf(Hostile)));

    public static readonly Gen<string> Key = Gen.OneOf("env", "user", "n", "a.b", "k\"ey", "\u043a\u043b\u044e\u0447", "thread_id", "%");

    public static readonly Gen<string> Pattern = Gen.Frequency(
        (3, Gen.OneOf("%", "_", "r%", "%AGENT%", "a_ent%", "%\u00df%", "%\u4e16_%", "z_", "5%", "%\\%", "%%_")), (1, Name));
}
