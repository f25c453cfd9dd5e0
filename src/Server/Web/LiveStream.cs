using System.Net.ServerSentEvents;
using Microsoft.AspNetCore.Http;

namespace LangSmith.Server.Web;

/// <summary>The events by which a page stays up to date.</summary>
internal static class LiveStream
{
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);

    /// <summary>The events as an answer, which no proxy holds back: nginx gathers answers unless this header forbids it.</summary>
    public static IResult Answer(HttpContext context, IAsyncEnumerable<SseItem<string>> events)
    {
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(events);
    }

    /// <summary>An event; when the stream breaks off, the browser asks again soon.</summary>
    public static SseItem<string> Item(string kind, string data = "") => new(data, kind) { ReconnectionInterval = s_again };
}
