using LangSmith.Server.Api.Http;
using Microsoft.AspNetCore.Routing.Template;

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

        var known = app.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => (
                Template: new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []),
                Methods: endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []))
            .ToArray();
        app.Map("/api/{**operation}", (HttpContext context) =>
        {
            var request = context.Request;
            string[] allowed = [.. known.Where(endpoint => endpoint.Template.TryMatch(request.Path, [])).SelectMany(endpoint => endpoint.Methods).Distinct()];
            if (allowed.Length == 0)
            {
                return Problems.Of(StatusCodes.Status404NotFound, $"There is no operation {request.Method} {request.Path}.");
            }

            context.Response.Headers.Allow = string.Join(", ", allowed.Order(StringComparer.Ordinal));
            return Problems.Of(
                StatusCodes.Status405MethodNotAllowed, $"There is no operation {request.Method} {request.Path}; it takes {context.Response.Headers.Allow}.");
        });
    }

    /// <summary>The keys of what is mapped and answers more than 501.</summary>
    public static IEnumerable<string> Keys(IEnumerable<EndpointDataSource> sources) =>
        from endpoint in sources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<Operation>() is null
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        select Operation.KeyOf(method, endpoint.RoutePattern.RawText ?? "");
}
