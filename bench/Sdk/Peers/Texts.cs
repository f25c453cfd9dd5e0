using System.Text;

namespace LangSmith.Sdk.Bench.Peers;

/// <summary>Texts of about a kilobyte, the same in every run, that compress as prose does.</summary>
internal static class Texts
{
    private const int Length = 950;

    private static readonly string[] s_words =
        ("the order was shipped on monday because a customer asked whether our warehouse could send two parcels instead of one and nobody " +
         "answered before noon so the agent looked up every invoice address phone number discount voucher weight and carrier").Split(' ');

    public static string[] Make(int seed, int count)
    {
#pragma warning disable CA5394 // The same texts every time are the point.
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Text(random))];
#pragma warning restore CA5394
    }

    private static string Text(Random random)
    {
        var text = new StringBuilder(Length + 16);
        while (text.Length < Length)
        {
#pragma warning disable CA5394
            text.Append(s_words[random.Next(s_words.Length)]).Append(random.Next(12) == 0 ? $" {random.Next(100_000)} " : " ");
#pragma warning restore CA5394
        }

        return text.ToString();
    }
}
