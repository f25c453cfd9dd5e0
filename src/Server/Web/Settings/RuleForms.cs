using System.Globalization;
using System.Text.Json.Nodes;
using LangSmith.Server.Curation.Documents;
using LangSmith.Server.Curation.Prices;
using LangSmith.Server.Curation.Settings;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage;
using LangSmith.Server.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LangSmith.Server.Web.Settings;

/// <summary>Sets retention, prices, and what feedback keys mean.</summary>
internal static class RuleForms
{
    private const int DaysMax = 36_500;

    public static void Map(IEndpointRouteBuilder app)
    {
        var forms = app.MapForms("/ui/settings");
        forms.MapPost("/retention/default", SetDefaultTierAsync);
        forms.MapPost("/retention/{project:guid}", SetRetentionAsync);
        forms.MapPost("/prices/new", CreatePriceAsync);
        forms.MapPost("/prices/{id:guid}/delete", async (HttpContext context, Guid id, WorkspaceRules rules) =>
        {
            await context.Shelf(DocumentKinds.ModelPrice).DeleteAsync(id);
            await rules.LoadAsync(context.Workspace(), context.RequestAborted);
            return Results.Redirect("/settings/prices");
        });
        forms.MapPost("/feedback/new", CreateFeedbackKeyAsync);
        forms.MapPost("/feedback/{id:guid}/delete", async (HttpContext context, Guid id) =>
        {
            await context.Shelf(DocumentKinds.FeedbackConfig).DeleteAsync(id);
            return Results.Redirect("/settings/feedback");
        });
    }

    private static async Task<IResult> SetDefaultTierAsync(HttpContext context, WorkspaceRules rules)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form.Text("tier") is { } tier && TraceTiers.All.Contains(tier))
        {
            var shelf = context.Shelf(DocumentKinds.Settings);
            var (stored, created) = await shelf.CreateAsync(new JsonObject { [WorkspaceRules.DefaultTier] = tier }, name: WorkspaceRules.RetentionName);
            if (!created)
            {
                await shelf.UpdateAsync(stored.Id, json => json[WorkspaceRules.DefaultTier] = tier);
            }

            await rules.LoadAsync(context.Workspace(), context.RequestAborted);
        }

        return Results.Redirect("/settings/retention");
    }

    private static async Task<IResult> SetRetentionAsync(HttpContext context, Guid project, ICatalogue catalogue, SettingsReading reading)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var text = form.Text("days");
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days);
        if (text is not null && (!isNumber || days is < 1 or > DaysMax))
        {
            var model = await reading.RetentionAsync(context.Workspace(), context.RequestAborted);
            return context.Page<RetentionPage>(
                model with { Problem = $"Runs are kept for 1 to {DaysMax} days; leave the field empty for the default." },
                StatusCodes.Status422UnprocessableEntity);
        }

        if (await catalogue.FindProjectAsync(context.Workspace(), project, context.RequestAborted) is { } found)
        {
            await catalogue.UpdateProjectAsync(found with { Retention = text is null ? null : TimeSpan.FromDays(days) }, context.RequestAborted);
        }

        return Results.Redirect("/settings/retention");
    }

    private static async Task<IResult> CreatePriceAsync(HttpContext context, SettingsReading reading, WorkspaceRules rules)
    {
        var (row, problem) = PriceForm.Read(await context.Request.ReadFormAsync(context.RequestAborted));
        var shelf = context.Shelf(DocumentKinds.ModelPrice);
        if (row is null || await shelf.CountAsync() >= PriceRow.RowsMax)
        {
            var model = await reading.PricesAsync(context.Workspace(), context.RequestAborted);
            return context.Page<PricesPage>(
                model with { Problem = problem ?? $"There are {PriceRow.RowsMax} prices already, which is the limit. Delete some." },
                StatusCodes.Status422UnprocessableEntity);
        }

        await shelf.CreateAsync(row);
        await rules.LoadAsync(context.Workspace(), context.RequestAborted);
        return Results.Redirect("/settings/prices");
    }

    private static async Task<IResult> CreateFeedbackKeyAsync(HttpContext context, SettingsReading reading)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var key = form.Text("key");
        var (config, problem) = FeedbackKeyForm.Read(form);
        problem = key is null ? "Give the key a name." : problem;
        if (problem is null)
        {
            var json = new JsonObject { ["feedback_config"] = config, ["is_lower_score_better"] = form["lower"] == "yes" };
            problem = (await context.Shelf(DocumentKinds.FeedbackConfig).CreateAsync(json, name: key)).Created
                ? null
                : $"{Quoted.Of(key)} has a meaning already. Delete that first.";
        }

        return problem is null
            ? Results.Redirect("/settings/feedback")
            : context.Page<FeedbackKeysPage>(
                await reading.FeedbackAsync(context.Workspace(), context.RequestAborted) with { Problem = problem }, StatusCodes.Status422UnprocessableEntity);
    }
}
