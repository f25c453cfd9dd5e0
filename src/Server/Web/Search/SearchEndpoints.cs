using LangSmith.Server.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LangSmith.Server.Web.Search;

/// <summary>The one box that takes anything: ids in any form, links, headers, names of projects, datasets, queues and prompts, words.</summary>
internal static class SearchEndpoints
{
    private const int TextMax = 2_000;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/go", GoAsync);
        app.MapGet("/ui/find", async (HttpContext context, string? text, NameSearch names) =>
            Results.Ok(await names.SuggestAsync(context.Workspace(), Cut(text), context.RequestAborted)));
    }

    private static string Cut(string? text)
    {
        var trimmed = (text ?? "").Trim();
        return trimmed[..Math.Min(trimmed.Length, TextMax)];
    }

    private static async Task<IResult> GoAsync(HttpContext context, string? q, IdLookup lookup, NameSearch names)
    {
        var text = Cut(q);
        if (text.Length == 0)
        {
            return Results.Redirect("/");
        }

        var workspace = context.Workspace();
        var ids = PastedText.Ids(text);
        foreach (var id in ids)
        {
            var (address, _) = await lookup.FindAsync(workspace, id, context.RequestAborted);
            if (address is not null)
            {
                return Results.Redirect(address);
            }
        }

        if (ids.Count > 0)
        {
            return Results.Redirect(Links.Run(ids[0]));
        }

        return Results.Redirect(await lookup.TextAsync(workspace, text, context.RequestAborted)
            ?? (await names.FindAsync(workspace, text, context.RequestAborted))?.Address
            ?? $"/p?q={Uri.EscapeDataString(text)}&level=all");
    }
}
