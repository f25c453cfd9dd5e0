using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Protocol;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Api.Runs;
using LangSmith.Server.Domain;
using LangSmith.Server.Ingest;
using LangSmith.Server.Ingest.FeedbackIntake;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Documents;
using LangSmith.Server.Storage.Examples;

namespace LangSmith.Server.Api.Datasets;

/// <summary>A whole experiment in one body: dataset, examples, project, runs and their scores.</summary>
internal static class ExperimentUploadEndpoints
{
    private const int RowsMax = 10_000;

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/datasets/upload-experiment", UploadAsync);

    private static async Task<IResult> UploadAsync(HttpContext context, ExperimentStores stores, TimeProvider time)
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var now = time.GetWireNow();
        var rows = Rows(body);
        var wanted = Project(context, body, now);
        if (await stores.Catalogue.FindProjectAsync(wanted.Workspace, wanted.Name, context.RequestAborted) is { } taken)
        {
            throw ProblemException.Conflict($"Session already exists: '{taken.Name}' has id '{taken.Id}'. Choose another 'experiment_name'.");
        }

        var feedback = ReadScores(context, body, "summary_experiment_scores", new JsonObject { ["session_id"] = wanted.Id.ToString() }, now, stores.Limits);
        foreach (var row in rows)
        {
            feedback.AddRange(ReadScores(context, row.Body, "evaluation_scores", new JsonObject { ["run_id"] = row.RunId.ToString() }, now, stores.Limits));
        }

        // Nothing is stored before everything was read.
        var dataset = await DatasetAsync(context, body);
        var examples = await ExamplesAsync(context, dataset, rows, stores.Examples, now);
        var (project, _) = await stores.Catalogue.CreateProjectAsync(wanted with { ReferenceDatasetId = dataset.Id }, context.RequestAborted);
        await stores.Examples.WriteAsync(examples, context.RequestAborted);
        var runs = new JsonObject { ["post"] = new JsonArray([.. rows.Select(row => Run(row, project))]) };
        var result = await stores.Ingestion.TakeBatchAsync(
            IngestEndpoints.Sender(context), JsonSerializer.SerializeToUtf8Bytes(runs), context.RequestAborted);
        if (result.Refusals.Count > 0)
        {
            throw ProblemException.Invalid($"{result.Refusals[0].Where}: {result.Refusals[0].Reason}");
        }

        await stores.Runs.WriteAsync(new WriteBatch([], feedback), context.RequestAborted);
        var shown = await DatasetEndpoints.ShowAsync(context, dataset);
        return JsonBody.Ok(writer =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("dataset");
            shown.WriteTo(writer);
            writer.WritePropertyName("experiment");
            ProjectJson.Write(writer, project);
            writer.WriteEndObject();
        });
    }

    private static List<Row> Rows(BodyFields body)
    {
        if (body.Value("results") is not { ValueKind: JsonValueKind.Array } results || results.GetArrayLength() > RowsMax)
        {
            throw ProblemException.Invalid($"'results' is an array of at most {RowsMax:N0} rows.");
        }

        var rows = new List<Row>();
        foreach (var result in results.EnumerateArray())
        {
            var row = result.ValueKind == JsonValueKind.Object ? new BodyFields(result) : throw ProblemException.Invalid("A row of 'results' is an object.");
            var start = row.Time("start_time") ?? throw ProblemException.Invalid("A row of 'results' has no 'start_time'.");
            rows.Add(new Row(row, row.Id("row_id") ?? Uuid7.NewGuid(start), Uuid7.NewGuid(start), start));
        }

        return rows;
    }

    private static Project Project(HttpContext context, BodyFields body, DateTimeOffset now) => new()
    {
        Id = Uuid7.NewGuid(now),
        Workspace = context.Workspace(),
        Name = body.Required("experiment_name"),
        Description = body.Text("experiment_description"),
        StartTime = body.Time("experiment_start_time") ?? now,
        EndTime = body.Time("experiment_end_time"),
        Extra = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { [RunField.Metadata] = body.Node("experiment_metadata") }),
    };

    private static async Task<Document> DatasetAsync(HttpContext context, BodyFields body)
    {
        if (body.Text("dataset_id") is { } id)
        {
            return await DatasetVersions.FindAsync(context, id);
        }

        var name = body.Required("dataset_name");
        if (await context.Shelf(DocumentKinds.Dataset).FindAsync(name) is { } known)
        {
            return known;
        }

        using var made = JsonSerializer.SerializeToDocument(new JsonObject { ["name"] = name, ["description"] = body.Text("dataset_description") });
        return await DatasetEndpoints.MakeAsync(context, new BodyFields(made.RootElement));
    }

    /// <summary>The examples that are not there yet: a row may name one that is.</summary>
    private static async Task<List<StoredExample>> ExamplesAsync(
        HttpContext context, Document dataset, List<Row> rows, IExampleStore store, DateTimeOffset now)
    {
        var examples = new List<StoredExample>();
        foreach (var row in rows.DistinctBy(row => row.ExampleId))
        {
            if (await store.FindAsync(context.Workspace(), row.ExampleId, null, context.RequestAborted) is { } known)
            {
                if (known.DatasetId != dataset.Id)
                {
                    throw ProblemException.Conflict($"The example '{known.Id}' is of another dataset.");
                }

                continue;
            }

            var json = new JsonObject
            {
                ["id"] = row.ExampleId.ToString(),
                ["inputs"] = row.Body.Node("inputs"),
                ["outputs"] = row.Body.Node("expected_outputs"),
            };
            using var made = JsonSerializer.SerializeToDocument(json);
            examples.Add(await ExampleBody.CreateAsync(context, new BodyFields(made.RootElement), dataset.Id, now));
        }

        return examples;
    }

    private static JsonObject Run(Row row, Project project) => new()
    {
        [RunField.Id] = row.RunId.ToString(),
        [RunField.TraceId] = row.RunId.ToString(),
        [RunField.DottedOrder] = DottedOrder.Print(row.Start, row.RunId),
        [RunField.Name] = row.Body.Text("run_name") is { Length: > 0 } name ? name : project.Name,
        [RunField.RunType] = RunTypes.Chain,
        [RunField.StartTime] = row.Start,
        [RunField.EndTime] = row.Body.Time("end_time"),
        [RunField.Error] = row.Body.Text("error"),
        [RunField.Inputs] = row.Body.Node("inputs"),
        [RunField.Outputs] = row.Body.Node("actual_outputs"),
        [RunField.Extra] = new JsonObject { [RunField.Metadata] = row.Body.Node("run_metadata") },
        [RunField.SessionId] = project.Id.ToString(),
        [RunField.ReferenceExampleId] = row.ExampleId.ToString(),
    };

    private static List<Feedback> ReadScores(
        HttpContext context, BodyFields body, string name, JsonObject subject, DateTimeOffset now, IngestLimits limits)
    {
        var feedback = new List<Feedback>();
        foreach (var score in body.Node(name) as JsonArray ?? [])
        {
            if (score is not JsonObject json)
            {
                throw ProblemException.Invalid($"'{name}' is an array of feedback objects.");
            }

            foreach (var (key, value) in subject)
            {
                json[key] = value!.DeepClone();
            }

            var read = FeedbackReader.Read(JsonSerializer.SerializeToUtf8Bytes(json), context.Workspace(), null, now, limits);
            feedback.Add(read.Feedback ?? throw ProblemException.Invalid($"'{name}': {read.Problem}"));
        }

        return feedback;
    }

    private sealed record Row(BodyFields Body, Guid ExampleId, Guid RunId, DateTimeOffset Start);
}
