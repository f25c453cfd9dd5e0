using LangSmith.Server.Curation.Documents;
using LangSmith.Server.Curation.Prompts;
using LangSmith.Server.Web.Projects;
using LangSmith.Server.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LangSmith.Server.Web.Prompts;

/// <summary>The pages of prompts, and the addresses under which clients link to them.</summary>
internal static class PromptEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/prompts", async (HttpContext context, string? find, PromptsReading reading) =>
            context.Page<PromptsPage>(await reading.ListAsync(context.Workspace(), find ?? "", context.RequestAborted)));
        app.MapGet("/prompts/{name}", (HttpContext context, string name, string? against, PromptsReading reading) =>
            ShowAsync(context, name, null, against, reading));
        app.MapGet("/prompts/{name}/{commit}", (HttpContext context, string name, string commit, string? against, PromptsReading reading) =>
            ShowAsync(context, name, commit, against, reading));
        app.MapGet("/hub/{owner}/{name}", (string name) => Forward(name, null));
        app.MapGet("/hub/{owner}/{name}/{commit}", (string name, string commit) => Forward(name, commit));
        app.MapGet("/context/{name}/{commit}", (string name, string commit) => Forward(name, commit));
        var forms = app.MapForms("/ui/prompts/{name}");
        forms.MapPost("/tag", TagAsync);
        forms.MapPost("/untag", UntagAsync);
        forms.MapPost("/delete", DeleteAsync);
    }

    private static IResult Forward(string name, string? commit) =>
        name.Split(':', 2) is [var prompt, var hash] ? Results.Redirect(Links.Prompt(prompt, hash)) : Results.Redirect(Links.Prompt(name, commit));

    private static async Task<IResult> ShowAsync(
        HttpContext context, string name, string? commit, string? against, PromptsReading reading, string? problem = null) =>
        await reading.ReadAsync(context.Workspace(), name, commit, against, context.Origin(), context.RequestAborted) is { } model
            ? context.Page<PromptPage>(model with { Problem = problem }, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            : context.Page<MissingPage>(
                commit is null ? $"There is no prompt named {Quoted.Of(name)}." : $"The prompt {Quoted.Of(name)} has no commit or tag {Quoted.Of(commit)}.",
                StatusCodes.Status404NotFound);

    private static async Task<IResult> TagAsync(HttpContext context, string name, PromptsReading reading, TimeProvider time)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form.Text("tag") is not { } tagName || form.Text("commit") is not { } hash
            || await reading.ReadAsync(context.Workspace(), name, hash, null, context.Origin(), context.RequestAborted) is not { Shown: { } commit })
        {
            return await ShowAsync(context, name, null, null, reading, "Give the tag a name.");
        }

        var prompt = await reading.FindAsync(context.Workspace(), name, context.RequestAborted);
        await PromptTags.SetAsync(context.Shelf(DocumentKinds.PromptTag), prompt!.Id, tagName, commit.Id, commit.Hash, time.GetUtcNow());
        return Results.Redirect(Links.Prompt(name, commit.ShortHash));
    }

    private static async Task<IResult> UntagAsync(HttpContext context, string name, PromptsReading reading)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var shelf = context.Shelf(DocumentKinds.PromptTag);
        if (await reading.FindAsync(context.Workspace(), name, context.RequestAborted) is { } prompt
            && form.Text("tag") is { } tagName && await shelf.FindAsync(tagName, prompt.Id) is { } tag)
        {
            await shelf.DeleteAsync(tag.Id);
        }

        return Results.Redirect(Links.Prompt(name, form.Text("commit")));
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, string name, PromptsReading reading)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form.Text("confirm") != name)
        {
            return await ShowAsync(context, name, null, null, reading, "The name that you typed is not the prompt's. Nothing was deleted.");
        }

        if (await reading.FindAsync(context.Workspace(), name, context.RequestAborted) is { } prompt)
        {
            await context.Shelf(DocumentKinds.Prompt).DeleteAsync(prompt.Id);
        }

        return Results.Redirect(Links.Prompts);
    }
}
