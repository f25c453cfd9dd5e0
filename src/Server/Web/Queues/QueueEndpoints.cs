using System.Text.Json.Nodes;
using LangSmith.Server.Curation.Documents;
using LangSmith.Server.Curation.Queues;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Examples;
using LangSmith.Server.Web.Datasets;
using LangSmith.Server.Web.Projects;
using LangSmith.Server.Web.Search;
using LangSmith.Server.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LangSmith.Server.Web.Queues;

/// <summary>The pages of annotation queues, and what their forms do.</summary>
internal static class QueueEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/annotation-queues", async (HttpContext context, QueuesReading reading) =>
            context.Page<QueuesPage>(await reading.ListAsync(context.Workspace(), context.Origin(), context.RequestAborted)));
        app.MapGet("/annotation-queues/{id:guid}", (HttpContext context, Guid id, Guid? item, QueuesReading reading) =>
            ShowAsync(context, id, item, reading, null));
        app.MapGet("/o/{workspace}/annotation-queues/{**rest}", (string? rest) => Results.LocalRedirect($"{Links.Queues}/{rest}".TrimEnd('/')));
        var forms = app.MapForms("/ui/annotation-queues");
        forms.MapPost("/new", CreateAsync);
        forms.MapPost("/{id:guid}/add", AddAsync);
        forms.MapPost("/{id:guid}/items/{itemId:guid}", ReviewAsync);
        forms.MapPost("/{id:guid}/delete", async (HttpContext context, Guid id) =>
        {
            await context.Shelf(DocumentKinds.Queue).DeleteAsync(id);
            return Results.Redirect(Links.Queues);
        });
    }

    private static async Task<IResult> ShowAsync(HttpContext context, Guid id, Guid? item, QueuesReading reading, string? problem) =>
        await reading.ReadAsync(context.Workspace(), id, item, context.RequestAborted) is { } model
            ? context.Page<ReviewPage>(model with { Problem = problem }, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            : context.Page<MissingPage>($"There is no annotation queue {id}.", StatusCodes.Status404NotFound);

    private static async Task<IResult> CreateAsync(HttpContext context, QueuesReading reading)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var name = form.Text("name");
        var keys = form.Words("keys").Select(key => new JsonObject { ["feedback_key"] = key });
        var json = new JsonObject
        {
            ["description"] = form.Text("description"),
            ["rubric_instructions"] = form.Text("instructions"),
            ["rubric_items"] = new JsonArray([.. keys]),
            ["num_reviewers_per_item"] = 1,
            ["enable_reservations"] = true,
            ["reservation_minutes"] = 1,
            ["reviewer_access_mode"] = "any",
            ["assigned_reviewers"] = new JsonArray(),
            ["queue_type"] = "single",
        };
        if (name is not null && await context.Shelf(DocumentKinds.Queue).CreateAsync(json, name: name) is (var queue, true))
        {
            return Results.Redirect(Links.Queue(queue.Id));
        }

        var model = await reading.ListAsync(context.Workspace(), context.Origin(), context.RequestAborted);
        var problem = name is null ? "Give the queue a name." : $"There is a queue named {Quoted.Of(name)} already.";
        return context.Page<QueuesPage>(model with { Problem = problem }, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> AddAsync(HttpContext context, Guid id, QueuesReading reading, IRunStore runs, TimeProvider time)
    {
        if (await context.Shelf(DocumentKinds.Queue).FindAsync(id) is null)
        {
            return await ShowAsync(context, id, null, reading, null);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var missing = new List<Guid>();
        var found = PastedText.Ids(form["ids"].ToString());
        foreach (var runId in found)
        {
            if (await runs.FindAsync(context.Workspace(), runId, RunPayload.None, context.RequestAborted) is not { } run)
            {
                missing.Add(runId);
                continue;
            }

            await QueueItem.AddAsync(context.Shelf(DocumentKinds.QueueItem), id, QueueItem.Run, runId.ToString(), run.ProjectId, time.GetUtcNow());
        }

        var problem = found.Count == 0 ? "There is no run id in this text." : missing.Count > 0 ? $"No such run: {string.Join(", ", missing)}." : null;
        return problem is null ? Results.Redirect(Links.Queue(id)) : await ShowAsync(context, id, null, reading, problem);
    }

    private static async Task<IResult> ReviewAsync(
        HttpContext context, Guid id, Guid itemId, QueuesReading reading, IRunStore runs, IExampleStore examples, TimeProvider time)
    {
        var workspace = context.Workspace();
        if (await reading.ReadAsync(workspace, id, itemId, context.RequestAborted) is not { Item: { } item } model)
        {
            return await ShowAsync(context, id, itemId, reading, null);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var next = model.Next is { } following ? $"{Links.Queue(id)}?item={following.Id}" : Links.Queue(id);
        if (form["then"] == "skip")
        {
            return Results.Redirect(next);
        }

        if (model.Run is { } run)
        {
            var (given, problem) = ReviewForm.Read(form, model.Rubric, workspace, run.Record.Id, time.GetUtcNow());
            if (problem is not null)
            {
                return await ShowAsync(context, id, itemId, reading, problem);
            }

            if (given.Count > 0)
            {
                await runs.WriteAsync(new WriteBatch([], given), context.RequestAborted);
            }

            if (model.Dataset is { } dataset && form["add"] == dataset.Id.ToString())
            {
                await examples.WriteAsync([ExampleForm.OfRun(run.Record, dataset.Id, null, time.GetWireNow())], context.RequestAborted);
            }
        }

        await QueueItem.CompleteAsync(context.Shelf(DocumentKinds.QueueItem), item.Id, time.GetUtcNow());
        return Results.Redirect(next);
    }
}
