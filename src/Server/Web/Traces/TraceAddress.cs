using Microsoft.AspNetCore.Http;

namespace LangSmith.Server.Web.Traces;

/// <summary>What the address of a run's page says besides the run.</summary>
/// <param name="View">waterfall, tree or flame.</param>
/// <param name="Tab">messages, feedback, metadata, identity or raw.</param>
/// <param name="Find">What is searched in the trace.</param>
public sealed record TraceAddress(string View, string Tab, string Find)
{
    public static IReadOnlyList<string> Views { get; } = ["waterfall", "tree", "flame"];

    public static IReadOnlyList<string> Tabs { get; } = ["messages", "feedback", "metadata", "identity", "raw"];

    public static TraceAddress Read(IQueryCollection query) =>
        new(OneOf(Views, query["view"]), OneOf(Tabs, query["tab"]), query["find"].ToString() is { Length: <= 500 } find ? find : "");

    private static string OneOf(IReadOnlyList<string> known, string? text) => text is not null && known.Contains(text) ? text : known[0];
}
