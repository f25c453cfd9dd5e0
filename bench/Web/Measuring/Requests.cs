using System.Diagnostics;

namespace LangSmith.Web.Bench.Measuring;

/// <summary>Asks for each page as a browser does, and reads it whole.</summary>
internal static class Requests
{
    public static async Task RunAsync(Uri server, IReadOnlyList<MeasuredPage> pages, int times, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server };
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        await Console.Out.WriteLineAsync("| page | first, ms | p50, ms | most, ms | kB |\n|---|--:|--:|--:|--:|");
        foreach (var page in pages)
        {
            var taken = new List<double>();
            var bytes = 0;
            for (var i = 0; i <= times; i++)
            {
                var start = Stopwatch.GetTimestamp();
                using var answer = await http.GetAsync(new Uri(page.Address, UriKind.Relative), cancellationToken);
                bytes = (await answer.Content.ReadAsByteArrayAsync(cancellationToken)).Length;
                taken.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if ((int)answer.StatusCode >= 400)
                {
                    throw new InvalidOperationException($"{page.Address}: {(int)answer.StatusCode}");
                }

                // What takes that long once is slow enough to know.
                if (taken[^1] > 2_000)
                {
                    break;
                }
            }

            var later = taken.Skip(1).DefaultIfEmpty(taken[0]).ToList();
            await Console.Out.WriteLineAsync(
                $"| {page.Title} | {taken[0]:N0} | {later.Quantile(0.5):N1} | {later.Max():N1} | {bytes / 1024.0:N0} |");
        }
    }
}
