using System.Globalization;
using System.Text.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Web.Shell;
using Microsoft.AspNetCore.Http;

namespace LangSmith.Server.Web.Queues;

/// <summary>Makes feedback of a filled-in rubric.</summary>
internal static class ReviewForm
{
    private const int TextMax = 10_000;

    private static readonly byte[] s_source = """{"type":"app"}"""u8.ToArray();

    /// <summary>Reads the answers; or says what is missing or wrong. A question without an answer makes no feedback.</summary>
    public static (IReadOnlyList<Feedback> Given, string? Problem) Read(
        IFormCollection form, IReadOnlyList<RubricItem> rubric, WorkspaceId workspace, Guid runId, DateTimeOffset now)
    {
        var given = new List<Feedback>();
        for (var i = 0; i < rubric.Count; i++)
        {
            var item = rubric[i];
            // Keys are free texts: fields are named by their place.
            var answer = form.Text($"answer-{i}");
            var comment = form.Text($"comment-{i}");
            if (answer is null && comment is null)
            {
                if (item.IsRequired)
                {
                    return ([], $"{Quoted.Of(item.Key)} is still to be answered.");
                }

                continue;
            }

            var (score, value, problem) = Answer(item, answer);
            if (problem is not null)
            {
                return ([], problem);
            }

            given.Add(new Feedback
            {
                Id = Uuid7.NewGuid(now),
                Workspace = workspace,
                Key = item.Key,
                CreatedAt = now,
                ModifiedAt = now,
                RunId = runId,
                Score = score is { } number ? JsonSerializer.SerializeToUtf8Bytes(number) : default(ReadOnlyMemory<byte>),
                Value = value is null ? default(ReadOnlyMemory<byte>) : JsonSerializer.SerializeToUtf8Bytes(value),
                Comment = comment?[..Math.Min(comment.Length, TextMax)],
                Source = s_source,
            });
        }

        return (given, null);
    }

    private static (double? Score, string? Value, string? Problem) Answer(RubricItem item, string? answer)
    {
        if (answer is null)
        {
            return item.IsRequired ? (null, null, $"{Quoted.Of(item.Key)} is still to be answered.") : (null, null, null);
        }

        switch (item.Kind)
        {
            case RubricKind.Text:
                return (null, answer[..Math.Min(answer.Length, TextMax)], null);
            case RubricKind.Number:
                return double.TryParse(answer, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                    && !(number < item.Minimum) && !(number > item.Maximum)
                    ? (number, null, null)
                    : (null, null, $"{Quoted.Of(item.Key)} is a number from {Bound(item.Minimum)} to {Bound(item.Maximum)}.");
            default:
                return int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < item.Choices.Count
                    ? (item.Choices[index].Score, item.Choices[index].Label, null)
                    : (null, null, $"{Quoted.Of(item.Key)} has no such choice.");
        }
    }

    private static string Bound(double? bound) => bound?.ToString(CultureInfo.InvariantCulture) ?? "…";
}
