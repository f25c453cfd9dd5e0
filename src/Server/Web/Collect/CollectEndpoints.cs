using LangSmith.Server.Curation.Documents;
using LangSmith.Server.Curation.Queues;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Documents;
using LangSmith.Server.Storage.Examples;
using LangSmith.Server.Web.Datasets;
using LangSmith.Server.Web.Search;
using LangSmith.Server.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LangSmith.Server.Web.Collect;

/// <summary>Puts a run that somebody looks at into an annotation queue, or into a dataset as an example.</summary>
internal static class CollectEndpoints
{
    private const int ChoicesMax = 200;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/ui/r/{runId:guid}/collect", (HttpContext context, Guid runId, IDocumentStore documents) =>
            ShowAsync(context, runId, documents, null, null));
        var forms = app.MapForms("/ui/r/{runId:guid}/collect");
        forms.MapPost("/queue", QueueAsync);
        forms.MapPost("/dataset", DatasetAsync);
    }

    private static async Task<IResult> QueueAsync(HttpContext context, Guid runId, IDocumentStore documents, IRunStore runs, TimeProvider time)
    {
        var (queue, run, problem) = await ReadAsync(context, runId, DocumentKinds.Queue, RunPayload.None, documents, runs);
        if (queue is not null && run is not null)
        {
            await QueueItem.AddAsync(
                context.Shelf(DocumentKinds.QueueItem), queue.Id, QueueItem.Run, runId.ToString(), run.ProjectId, time.GetUtcNow());
        }

        var added = queue is null ? null : new FoundPage(queue.Name ?? "", "annotation queue", $"{Links.Queue(queue.Id)}?item={runId}");
        return await ShowAsync(context, runId, documents, problem is null ? added : null, problem);
    }

    private static async Task<IResult> DatasetAsync(
        HttpContext context, Guid runId, IDocumentStore documents, IRunStore runs, IExampleStore examples, TimeProvider time)
    {
        var (dataset, run, problem) = await ReadAsync(context, runId, DocumentKinds.Dataset, RunPayload.All, documents, runs);
        if (dataset is null || run is null)
        {
            return await ShowAsync(context, runId, documents, null, problem);
        }

        var split = (await context.Request.ReadFormAsync(context.RequestAborted)).Text("split");
        var example = ExampleForm.OfRun(run, dataset.Id, split, time.GetWireNow());
        await examples.WriteAsync([example], context.RequestAborted);
        return await ShowAsync(
            context, runId, documents, new FoundPage(dataset.Name ?? "", "dataset", Links.Example(dataset.Id, example.Id)), null);
    }

    private static async Task<(Document? Place, RunRecord? Run, string? Problem)> ReadAsync(
        HttpContext context, Guid runId, string kind, RunPayload payload, IDocumentStore documents, IRunStore runs)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var place = Guid.TryParse(form.Text("id"), out var id) ? await documents.FindAsync(context.Workspace(), kind, id, context.RequestAborted) : null;
        var run = await runs.FindAsync(context.Workspace(), runId, payload, context.RequestAborted);
        return (place, run, run is null ? $"There is no run {runId} any more." : place is null ? "What you chose is gone. Choose another." : null);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, Guid runId, IDocumentStore documents, FoundPage? added, string? problem) =>
        context.Page<CollectPanel>(
            new CollectModel
            {
                RunId = runId,
                Queues = await ChoicesAsync(context, DocumentKinds.Queue, documents),
                Datasets = await ChoicesAsync(context, DocumentKinds.Dataset, documents),
                Added = added,
                Problem = problem,
            },
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static async Task<IReadOnlyList<(Guid Id, string Name)>> ChoicesAsync(HttpContext context, string kind, IDocumentStore documents)
    {
        var query = new DocumentQuery { Workspace = context.Workspace(), Kind = kind, Limit = ChoicesMax };
        return [.. (await documents.ListAsync(query, context.RequestAborted)).Select(document => (document.Id, document.Name ?? ""))];
    }
}
