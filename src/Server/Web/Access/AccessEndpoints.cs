using LangSmith.Server.Web.Feedbacks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LangSmith.Server.Web.Access;

/// <summary>Signing in with the API key, and out.</summary>
internal static class AccessEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/login", (HttpContext context, string? to, IPageAccess access) => access.NeedsKey
            ? context.Page<SignInPage>(new SignInModel(Local(to)))
            : (IResult)Results.Redirect(Local(to)));
        app.MapPost("/login", SignInAsync);
        app.MapPost("/logout", (HttpContext context, IPageAccess access) =>
        {
            if (!context.IsFromOwnPage())
            {
                return Results.StatusCode(StatusCodes.Status403Forbidden);
            }

            access.SignOut(context);
            return Results.Redirect("/login");
        });
    }

    private static async Task<IResult> SignInAsync(HttpContext context, IPageAccess access, AttemptLimit attempts)
    {
        // Else another site could sign a visitor in under a key of its own, and read what they then send.
        if (!context.IsFromOwnPage() || !context.Request.HasFormContentType)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var to = Local(form["to"]);
        if (!attempts.TryTake(context))
        {
            return Ask(context, to, "Too many attempts. Wait a minute.", StatusCodes.Status429TooManyRequests);
        }

        return await access.SignInAsync(context, form["key"].ToString().Trim())
            ? Results.Redirect(to)
            : Ask(context, to, "This key is unknown to the server, or it was revoked.", StatusCodes.Status401Unauthorized);
    }

    private static RazorComponentResult<SignInPage> Ask(HttpContext context, string to, string problem, int status) =>
        context.Page<SignInPage>(new SignInModel(to, problem), status);

    /// <summary>A path of this server; an address of any other is refused.</summary>
    private static string Local(string? to) => RedirectHttpResult.IsLocalUrl(to) && to!.StartsWith('/') ? to : "/";
}
