using LangSmith.Server.Web.Feedbacks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LangSmith.Server.Web;

/// <summary>Endpoints that take the forms of pages.</summary>
internal static class PageForms
{
    /// <summary>Maps forms that only pages of this server may send.</summary>
    public static RouteGroupBuilder MapForms(this IEndpointRouteBuilder app, string prefix)
    {
        var forms = app.MapGroup(prefix);
        forms.AddEndpointFilter((invocation, next) => invocation.HttpContext is { } context && context.IsFromOwnPage() && context.Request.HasFormContentType
            ? next(invocation)
            : ValueTask.FromResult<object?>(Results.StatusCode(StatusCodes.Status403Forbidden)));
        return forms;
    }

    /// <summary>What was filled in, without white space around it; null when nothing was.</summary>
    public static string? Text(this IFormCollection form, string name) => form[name].ToString().Trim() is { Length: > 0 } text ? text : null;

    /// <summary>The lines or comma-separated words of a field.</summary>
    public static IReadOnlyList<string> Words(this IFormCollection form, string name) =>
        form[name].ToString().Split([',', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
