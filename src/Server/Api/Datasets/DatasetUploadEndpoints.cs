using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Curation.Datasets;
using LangSmith.Server.Storage.Examples;

namespace LangSmith.Server.Api.Datasets;

/// <summary>Datasets made of files: CSV with a head line, or JSON lines.</summary>
internal static class DatasetUploadEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/datasets/upload", CreateAsync);
        api.MapPost("/examples/upload/{datasetId}", AddAsync);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, IExampleStore examples, TimeProvider time)
    {
        var form = await ReadFormAsync(context);
        var json = new JsonObject
        {
            ["name"] = Value(form, "name") ?? form.Files[0].FileName,
            ["description"] = Value(form, "description"),
            ["data_type"] = Value(form, "data_type"),
            ["id"] = Value(form, "id"),
        };
        var rows = ReadRows(form.Files[0]);
        using var body = JsonSerializer.SerializeToDocument(json);
        var dataset = await DatasetEndpoints.MakeAsync(context, new BodyFields(body.RootElement));
        await StoreAsync(context, dataset.Id, form, rows, examples, time);
        return JsonBody.Of(await DatasetEndpoints.ShowAsync(context, dataset));
    }

    private static async Task<IResult> AddAsync(HttpContext context, string datasetId, IExampleStore examples, TimeProvider time)
    {
        var dataset = await DatasetVersions.FindAsync(context, datasetId);
        var form = await ReadFormAsync(context);
        var added = await StoreAsync(context, dataset.Id, form, ReadRows(form.Files[0]), examples, time);
        return ExampleJson.List(added, context.Links());
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            throw new ProblemException(StatusCodes.Status415UnsupportedMediaType, "This takes multipart/form-data with a 'file'.");
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return form.Files.Count == 1 ? form : throw ProblemException.Invalid("Give one 'file'.");
    }

    private static async Task<List<StoredExample>> StoreAsync(
        HttpContext context, Guid datasetId, IFormCollection form, IReadOnlyList<JsonObject> rows, IExampleStore examples, TimeProvider time)
    {
        var inputs = List(form, "input_keys");
        var outputs = List(form, "output_keys");
        var now = time.GetWireNow();
        var added = new List<StoredExample>(rows.Count);
        foreach (var row in rows)
        {
            var json = new JsonObject
            {
                ["inputs"] = Try(() => DatasetFile.Pick(row, inputs)),
                ["outputs"] = outputs.Length == 0 ? null : Try(() => DatasetFile.Pick(row, outputs)),
            };
            using var body = JsonSerializer.SerializeToDocument(json);
            added.Add(await ExampleBody.CreateAsync(context, new BodyFields(body.RootElement), datasetId, now));
        }

        await examples.WriteAsync(added, context.RequestAborted);
        return added;
    }

    private static IReadOnlyList<JsonObject> ReadRows(IFormFile file)
    {
        using var stream = file.OpenReadStream();
        return Try(() => DatasetFile.ReadRows(stream, DatasetFile.IsLines(file.FileName, file.ContentType)));
    }

    private static T Try<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DatasetFileException exception)
        {
            throw ProblemException.Invalid(exception.Message);
        }
    }

    private static string? Value(IFormCollection form, string name) => (string?)form[name] is { Length: > 0 } value ? value : null;

    /// <summary>Keys come as repeated fields, or as one field that is a JSON array or a comma list.</summary>
    private static string[] List(IFormCollection form, string name)
    {
        string[] values = [.. form[name].OfType<string>().Where(value => value.Length > 0)];
        return values switch
        {
            [var one] when one.StartsWith('[') => [.. JsonElement.Parse(one).EnumerateArray().Select(key => key.ToString())],
            [var one] => one.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            _ => values,
        };
    }
}
