using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Curation.Datasets;
using LangSmith.Server.Curation.Documents;
using LangSmith.Server.Storage.Documents;
using LangSmith.Server.Storage.Examples;
using LangSmith.Server.Web.Projects;
using LangSmith.Server.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LangSmith.Server.Web.Datasets;

/// <summary>Makes, fills, renames, tags and deletes datasets as pages ask for it.</summary>
internal static class DatasetForms
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var forms = app.MapForms("/ui/datasets");
        forms.MapPost("/new", CreateAsync);
        forms.MapPost("/{id:guid}/upload", UploadAsync);
        forms.MapPost("/{id:guid}/rename", RenameAsync);
        forms.MapPost("/{id:guid}/tag", TagAsync);
        forms.MapPost("/{id:guid}/delete", DeleteAsync);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, DatasetsReading reading, IExampleStore examples, TimeProvider time)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var name = form.Text("name");
        if (name is null)
        {
            return await RefuseAsync("Give the dataset a name.");
        }

        List<StoredExample> rows;
        try
        {
            rows = Read(context, form, Guid.Empty, time);
        }
        catch (DatasetFileException exception)
        {
            return await RefuseAsync(exception.Message);
        }

        var json = new JsonObject { ["data_type"] = "kv", ["description"] = form.Text("description") };
        var (dataset, created) = await context.Shelf(DocumentKinds.Dataset).CreateAsync(json, name: name);
        if (!created)
        {
            return await RefuseAsync($"There is a dataset named {Quoted.Of(name)} already.");
        }

        await examples.WriteAsync([.. rows.Select(row => row with { DatasetId = dataset.Id })], context.RequestAborted);
        return Results.Redirect(Links.Dataset(dataset.Id));

        async Task<IResult> RefuseAsync(string problem) => context.Page<DatasetsPage>(
            await reading.ListAsync(context.Workspace(), "", context.Origin(), context.RequestAborted) with { Problem = problem, Draft = name ?? "" },
            StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> UploadAsync(HttpContext context, Guid id, DatasetsReading reading, IExampleStore examples, TimeProvider time)
    {
        if (await reading.FindAsync(context.Workspace(), id, context.RequestAborted) is null)
        {
            return DatasetEndpoints.Missing(context, id);
        }

        try
        {
            var rows = Read(context, await context.Request.ReadFormAsync(context.RequestAborted), id, time);
            if (rows.Count == 0)
            {
                return await DatasetEndpoints.ShowAsync(context, id, new DatasetAddress(), reading, "The file has no rows.");
            }

            await examples.WriteAsync(rows, context.RequestAborted);
            return Results.Redirect(Links.Dataset(id));
        }
        catch (DatasetFileException exception)
        {
            return await DatasetEndpoints.ShowAsync(context, id, new DatasetAddress(), reading, exception.Message);
        }
    }

    private static List<StoredExample> Read(HttpContext context, IFormCollection form, Guid dataset, TimeProvider time)
    {
        if (form.Files.GetFile("file") is not { Length: > 0 } file)
        {
            return [];
        }

        using var stream = file.OpenReadStream();
        var columns = new ExampleColumns(form.Words("input_keys"), form.Words("output_keys"));
        var now = time.GetWireNow();
        return [.. DatasetFile.ReadRows(stream, DatasetFile.IsLines(file.FileName, file.ContentType)).Select(row =>
        {
            var (inputs, outputs) = columns.Split(row);
            return ExampleForm.New(context.Workspace(), dataset, now) with
            {
                Inputs = JsonSerializer.SerializeToUtf8Bytes(inputs),
                Outputs = outputs is null ? default(ReadOnlyMemory<byte>) : JsonSerializer.SerializeToUtf8Bytes(outputs),
                Splits = ["base"],
            };
        })];
    }

    private static async Task<IResult> RenameAsync(HttpContext context, Guid id, DatasetsReading reading)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        try
        {
            await context.Shelf(DocumentKinds.Dataset).UpdateAsync(id, stored =>
            {
                var json = Shelf.Json(stored);
                json["description"] = form.Text("description");
                return stored with { Name = form.Text("name") ?? stored.Name, Json = JsonSerializer.SerializeToUtf8Bytes(json) };
            });
            return Results.Redirect(Links.Dataset(id));
        }
        catch (DocumentNameTakenException exception)
        {
            return await DatasetEndpoints.ShowAsync(context, id, new DatasetAddress(), reading, exception.Message);
        }
    }

    private static async Task<IResult> TagAsync(HttpContext context, Guid id, DatasetsReading reading)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var address = new DatasetAddress("versions");
        if (form.Text("tag") is not { } name || !DocumentTime.TryParse(form.Text("as_of"), out var version))
        {
            return await DatasetEndpoints.ShowAsync(context, id, address, reading, "Give the tag a name.");
        }

        var shelf = context.Shelf(DocumentKinds.DatasetTag);
        var asOf = DocumentTime.Print(version);
        var (tag, created) = await shelf.CreateAsync(new JsonObject { ["as_of"] = asOf }, name: name, parentId: id);
        if (!created)
        {
            await shelf.UpdateAsync(tag.Id, stored => stored["as_of"] = asOf);
        }

        return Results.Redirect(address.Print(id));
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, Guid id, DatasetsReading reading, IExampleStore examples)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (await reading.FindAsync(context.Workspace(), id, context.RequestAborted) is not { } dataset)
        {
            return DatasetEndpoints.Missing(context, id);
        }

        if (form.Text("confirm") != dataset.Name.Trim())
        {
            return await DatasetEndpoints.ShowAsync(
                context, id, new DatasetAddress(), reading, "The name that you typed is not the dataset's. Nothing was deleted.");
        }

        if (await context.Shelf(DocumentKinds.Dataset).DeleteAsync(id))
        {
            await examples.DeleteDatasetAsync(context.Workspace(), id, context.RequestAborted);
        }

        return Results.Redirect(Links.Datasets);
    }
}
