using System.Text.Json.Nodes;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Query.Language;

namespace LangSmith.Server.Api.Runs;

/// <summary>Tells whether filter expressions can be read, without running them.</summary>
internal static class FilterEndpoints
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/runs/query/validate", async Task<IResult> (HttpContext context) =>
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var errors = new JsonArray();
        foreach (var name in (string[])["filter", "trace_filter", "tree_filter"])
        {
            if (body.Text(name) is { } text && !string.IsNullOrWhiteSpace(text))
            {
                try
                {
                    FilterLanguage.Parse(text);
                }
                catch (FilterTextException exception)
                {
                    errors.Add(new JsonObject
                    {
                        ["field"] = name,
                        ["message"] = exception.Message,
                        ["position"] = exception.Position,
                        ["line"] = exception.Line,
                        ["column"] = exception.Column,
                    });
                }
            }
        }

        return JsonBody.Of(new JsonObject { ["valid"] = errors.Count == 0, ["errors"] = errors });
    });
}
