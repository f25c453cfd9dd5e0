using System.Text.Json.Nodes;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Storage.Documents;
using LangSmith.Server.Storage.Examples;

namespace LangSmith.Server.Api.Datasets;

/// <summary>The versions, tags and splits of datasets.</summary>
internal static class DatasetVersionEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/datasets/{datasetId}/versions", ListAsync);
        api.MapGet("/datasets/{datasetId}/version", ReadAsync);
        api.MapPut("/datasets/{datasetId}/tags", TagAsync);
        api.MapGet("/datasets/{datasetId}/versions/diff", CompareAsync);
        api.MapGet("/datasets/{datasetId}/splits", ListSplitsAsync);
        api.MapPut("/datasets/{datasetId}/splits", ChangeSplitsAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, string datasetId, IExampleStore examples)
    {
        var dataset = await DatasetVersions.FindAsync(context, datasetId);
        var values = new RequestValues(context.Request);
        var versions = await examples.ListVersionsAsync(context.Workspace(), dataset.Id, context.RequestAborted);
        var tags = await TagsAsync(context, dataset);
        return JsonBody.List(versions.Skip(values.Offset).Take(values.Limit).Select(version => Show(version, tags)));
    }

    private static async Task<IResult> ReadAsync(HttpContext context, string datasetId)
    {
        var dataset = await DatasetVersions.FindAsync(context, datasetId);
        var values = new RequestValues(context.Request);
        var time = await DatasetVersions.TimeAsync(context, dataset.Id, values.Text("tag") ?? values.Text("as_of"));
        var version = await DatasetVersions.AtAsync(context, dataset.Id, time)
            ?? throw ProblemException.NotFound("Dataset version", values.Text("tag") ?? values.Text("as_of") ?? "latest");
        return JsonBody.Of(Show(version, await TagsAsync(context, dataset)));
    }

    /// <summary>Sets a tag on the version at or before a time; a tag that is there already moves.</summary>
    private static async Task<IResult> TagAsync(HttpContext context, string datasetId)
    {
        var dataset = await DatasetVersions.FindAsync(context, datasetId);
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var name = body.Required("tag");
        var version = await DatasetVersions.AtAsync(context, dataset.Id, body.Time("as_of") ?? throw ProblemException.Invalid("'as_of' is missing."))
            ?? throw ProblemException.NotFound("Dataset version", body.Text("as_of")!);
        var shelf = context.Shelf(DocumentKinds.DatasetTag);
        var json = new JsonObject { ["as_of"] = WireWriting.Text(version) };
        var (tag, created) = await shelf.CreateAsync(json, name: name, parentId: dataset.Id);
        if (!created)
        {
            await shelf.UpdateAsync(tag.Id, stored => stored["as_of"] = WireWriting.Text(version));
        }

        return JsonBody.Of(Show(version, await TagsAsync(context, dataset)));
    }

    private static async Task<IResult> CompareAsync(HttpContext context, string datasetId, IExampleStore examples)
    {
        var dataset = await DatasetVersions.FindAsync(context, datasetId);
        var values = new RequestValues(context.Request);
        var from = await AllAsync(context, dataset, values.Text("from_version"), examples);
        var to = await AllAsync(context, dataset, values.Text("to_version"), examples);
        return JsonBody.Ok(writer =>
        {
            writer.WriteStartObject();
            writer.WriteIds("examples_modified", to.Values.Where(e => from.TryGetValue(e.Id, out var old) && old.ModifiedAt != e.ModifiedAt).Select(e => e.Id));
            writer.WriteIds("examples_added", to.Keys.Where(id => !from.ContainsKey(id)));
            writer.WriteIds("examples_removed", from.Keys.Where(id => !to.ContainsKey(id)));
            writer.WriteEndObject();
        });
    }

    private static async Task<IReadOnlyDictionary<Guid, StoredExample>> AllAsync(
        HttpContext context, Document dataset, string? version, IExampleStore examples)
    {
        var query = new ExampleQuery
        {
            Workspace = context.Workspace(),
            DatasetId = dataset.Id,
            AsOf = await DatasetVersions.TimeAsync(context, dataset.Id, version),
            Limit = int.MaxValue,
        };
        return (await examples.ListAsync(query, context.RequestAborted)).ToDictionary(example => example.Id);
    }

    private static async Task<IResult> ListSplitsAsync(HttpContext context, string datasetId, IExampleStore examples)
    {
        var dataset = await DatasetVersions.FindAsync(context, datasetId);
        var all = await AllAsync(context, dataset, new RequestValues(context.Request).Text("as_of"), examples);
        return ShowSplits(all.Values);
    }

    private static async Task<IResult> ChangeSplitsAsync(HttpContext context, string datasetId, IExampleStore examples, TimeProvider time)
    {
        var dataset = await DatasetVersions.FindAsync(context, datasetId);
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var name = body.Required("split_name");
        var remove = body.Flag("remove") == true;
        var all = new Dictionary<Guid, StoredExample>(await AllAsync(context, dataset, null, examples));
        var changed = new List<StoredExample>();
        foreach (var id in body.Ids("examples"))
        {
            var example = all.GetValueOrDefault(id) ?? throw ProblemException.NotFound("Example", id);
            var others = example.Splits.Where(split => split != name);
            changed.Add(all[id] = example with { ModifiedAt = time.GetWireNow(), Splits = remove ? [.. others] : [.. others, name] });
        }

        await examples.WriteAsync(changed, context.RequestAborted);
        return ShowSplits(all.Values);
    }

    private static JsonBody ShowSplits(IEnumerable<StoredExample> examples) => JsonBody.List(
        examples.SelectMany(example => example.Splits).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(split => JsonValue.Create(split)!));

    private static async Task<ILookup<string, string>> TagsAsync(HttpContext context, Document dataset)
    {
        var tags = await context.Shelf(DocumentKinds.DatasetTag).ListAsync(query => query with { ParentId = dataset.Id });
        return tags.ToLookup(tag => (string)Shelf.Json(tag)["as_of"]!, tag => tag.Name!);
    }

    private static JsonObject Show(DateTimeOffset version, ILookup<string, string> tags)
    {
        var text = WireWriting.Text(version);
        return new JsonObject { ["as_of"] = text, ["tags"] = new JsonArray([.. tags[text].Select(tag => JsonValue.Create(tag))]) };
    }
}
