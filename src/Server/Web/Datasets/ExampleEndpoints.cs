using LangSmith.Server.Curation.Documents;
using LangSmith.Server.Storage.Examples;
using LangSmith.Server.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LangSmith.Server.Web.Datasets;

/// <summary>The page of an example, and what its form does.</summary>
internal static class ExampleEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/datasets/{id:guid}/e/{exampleId:guid}", ShowAsync);
        app.MapGet("/datasets/{id:guid}/add", async (HttpContext context, Guid id, DatasetsReading reading) =>
            await reading.FindAsync(context.Workspace(), id, context.RequestAborted) is { } dataset
                ? context.Page<ExamplePage>(new ExampleModel { Dataset = dataset, Form = ExampleForm.Empty })
                : DatasetEndpoints.Missing(context, id));
        var forms = app.MapForms("/ui/datasets/{id:guid}");
        forms.MapPost("/add", AddAsync);
        forms.MapPost("/e/{exampleId:guid}", SaveAsync);
        forms.MapPost("/e/{exampleId:guid}/delete", DeleteAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, Guid id, Guid exampleId, DatasetsReading reading) =>
        await reading.ExampleAsync(context.Workspace(), id, exampleId, DatasetAddress.Read(context.Request.Query).AsOf, context.RequestAborted) is { } model
            ? context.Page<ExamplePage>(model)
            : Missing(context, exampleId);

    private static async Task<IResult> AddAsync(HttpContext context, Guid id, DatasetsReading reading, IExampleStore examples, TimeProvider time)
    {
        if (await reading.FindAsync(context.Workspace(), id, context.RequestAborted) is not { } dataset)
        {
            return DatasetEndpoints.Missing(context, id);
        }

        var form = ExampleForm.Read(await context.Request.ReadFormAsync(context.RequestAborted));
        var now = time.GetWireNow();
        return await StoreAsync(
            context, new ExampleModel { Dataset = dataset, Form = form }, form.Change(ExampleForm.New(context.Workspace(), id, now), now), examples);
    }

    private static async Task<IResult> SaveAsync(
        HttpContext context, Guid id, Guid exampleId, DatasetsReading reading, IExampleStore examples, TimeProvider time)
    {
        if (await reading.ExampleAsync(context.Workspace(), id, exampleId, null, context.RequestAborted) is not { } model)
        {
            return Missing(context, exampleId);
        }

        var form = ExampleForm.Read(await context.Request.ReadFormAsync(context.RequestAborted));
        return await StoreAsync(context, model with { Form = form }, form.Change(model.Example!, time.GetWireNow()), examples);
    }

    private static async Task<IResult> StoreAsync(
        HttpContext context, ExampleModel model, (StoredExample? Example, string? Problem) change, IExampleStore examples)
    {
        if (change.Example is not { } example)
        {
            return context.Page<ExamplePage>(model with { Problem = change.Problem }, StatusCodes.Status422UnprocessableEntity);
        }

        await examples.WriteAsync([example], context.RequestAborted);
        return Results.Redirect(Links.Example(example.DatasetId, example.Id));
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext context, Guid id, Guid exampleId, DatasetsReading reading, IExampleStore examples, TimeProvider time)
    {
        if (await reading.ExampleAsync(context.Workspace(), id, exampleId, null, context.RequestAborted) is { Example: { } example })
        {
            await examples.WriteAsync([example with { ModifiedAt = time.GetWireNow(), IsDeleted = true }], context.RequestAborted);
        }

        return Results.Redirect(Links.Dataset(id));
    }

    private static RazorComponentResult<MissingPage> Missing(HttpContext context, Guid id) =>
        context.Page<MissingPage>($"There is no example {id} in this dataset and version.", StatusCodes.Status404NotFound);
}
