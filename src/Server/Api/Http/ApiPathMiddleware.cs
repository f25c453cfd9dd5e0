using Microsoft.Net.Http.Headers;

namespace LangSmith.Server.Api.Http;

/// <summary>Rewrites operations' paths to their canonical form before routing; pages pass untouched.</summary>
internal sealed class ApiPathMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var wantsPage = HttpMethods.IsGet(request.Method)
            && request.Headers[HeaderNames.Accept].ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        if (ApiPath.Canonical(request.Path.Value ?? "/", wantsPage) is { } canonical)
        {
            request.Path = canonical;
            context.Items[typeof(ApiPathMiddleware)] = canonical;
            if (HttpMethods.IsHead(request.Method))
            {
                // Answered as a GET; the server leaves the body out, because it knows what was really asked.
                request.Method = HttpMethods.Get;
            }
        }

        return next(context);
    }

    /// <summary>Tells whether the request is for the API rather than a page.</summary>
    public static bool IsApi(HttpContext context) => context.Items.ContainsKey(typeof(ApiPathMiddleware));
}
