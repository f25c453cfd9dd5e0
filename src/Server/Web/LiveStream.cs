using System.Net.ServerSentEvents;

namespace LangSmith.Server.Web;

/// <summary>The events by which a page stays up to date.</summary>
internal static class LiveStream
{
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);

    /// <summary>An event; when the stream breaks off, the browser asks again soon.</summary>
    public static SseItem<string> Item(string kind, string data = "") => new(data, kind) { ReconnectionInterval = s_again };
}
