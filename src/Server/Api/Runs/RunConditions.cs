using LangSmith.Server.Api.Http;
using LangSmith.Server.Query;

namespace LangSmith.Server.Api.Runs;

/// <summary>Turns the structured conditions of a query into a filter.</summary>
internal static class RunConditions
{
    public static RunFilter? Read(BodyFields body) => null;
}
