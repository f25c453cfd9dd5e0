using LangSmith.Server.Api.Http;

namespace LangSmith.Server.Api.Operations;

/// <summary>Answers operations that LangSmith has and this server has not: 501 with the operation's name, never a puzzling 404.</summary>
internal static class MissingOperations
{
    /// <summary>Maps what is left after everything else was mapped.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        var mapped = Keys(app.DataSources).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var operation in Operation.All)
        {
            if (ApiPath.Canonical(operation.Path, wantsPage: false) is { } path && mapped.Add(operation.Key))
            {
                RequestDelegate answer = context => Problems.WriteAsync(
                    context, StatusCodes.Status501NotImplemented,
                    $"{operation.Method} {operation.Path} is an operation of LangSmith that this server does not have.");
                app.MapMethods(path, [operation.Method], answer).WithMetadata(operation);
            }
        }

        app.Map("/api/{**operation}", (HttpContext context) => Problems.Of(
            StatusCodes.Status404NotFound, $"There is no operation {context.Request.Method} {context.Request.Path}."));
    }

    /// <summary>The keys of what is mapped and answers more than 501.</summary>
    public static IEnumerable<string> Keys(IEnumerable<EndpointDataSource> sources) =>
        from endpoint in sources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<Operation>() is null
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        select Operation.KeyOf(method, endpoint.RoutePattern.RawText ?? "");
}
