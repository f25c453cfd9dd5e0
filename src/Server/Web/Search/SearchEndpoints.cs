using LangSmith.Server.Storage;
using LangSmith.Server.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LangSmith.Server.Web.Search;

/// <summary>The one box that takes anything: ids in any form, links, headers, names of projects, words.</summary>
internal static class SearchEndpoints
{
    private const int TextMax = 2_000;

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/go", async (HttpContext context, string? q, IdLookup lookup, ICatalogue catalogue) =>
    {
        var text = (q ?? "").Trim();
        text = text[..Math.Min(text.Length, TextMax)];
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
            ?? (await catalogue.FindProjectAsync(workspace, text, context.RequestAborted) is { } project
                ? Links.Project(project.Name)
                : $"/p?q={Uri.EscapeDataString(text)}&level=all"));
    });
}
