using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Ingest.Json;
using LangSmith.Server.Storage.Examples;

namespace LangSmith.Server.Api.Datasets;

/// <summary>The JSON schemas of datasets: what the inputs and outputs of their examples must be.</summary>
internal sealed class ExampleSchemas
{
    public const string OfInputs = "inputs_schema_definition";
    public const string OfOutputs = "outputs_schema_definition";
    private const int ErrorsTold = 5;

    private readonly JsonSchema? _inputs;
    private readonly JsonSchema? _outputs;

    private ExampleSchemas(JsonObject dataset) => (_inputs, _outputs) = (Read(dataset, OfInputs), Read(dataset, OfOutputs));

    /// <summary>Refuses a dataset whose schemas are none.</summary>
    public static void CheckDefinitions(JsonObject dataset) => _ = new ExampleSchemas(dataset);

    /// <summary>Refuses an example that its dataset's schemas do not take; returns it otherwise.</summary>
    public static async Task<StoredExample> CheckAsync(HttpContext context, StoredExample example)
    {
        // Bulk requests check many examples of one dataset.
        var key = (typeof(ExampleSchemas), example.DatasetId);
        if (context.Items[key] is not ExampleSchemas schemas)
        {
            schemas = new ExampleSchemas(Shelf.Json(await context.Shelf(DocumentKinds.Dataset).GetAsync("Dataset", example.DatasetId)));
            context.Items[key] = schemas;
        }

        Check("inputs", example.Inputs, schemas._inputs);
        Check("outputs", example.Outputs, schemas._outputs);
        return example;
    }

    private static void Check(string field, ReadOnlyMemory<byte> value, JsonSchema? schema)
    {
        // An example without outputs is one whose outputs are not known yet.
        if (schema is null || value.IsEmpty)
        {
            return;
        }

        using var document = LenientJson.Parse(value);
        EvaluationResults results;
        try
        {
            results = schema.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        }
        catch (RefResolutionException exception)
        {
            throw ProblemException.Invalid($"The dataset's {field} schema cannot be applied: {exception.Message}");
        }

        if (!results.IsValid)
        {
            var errors = (results.Details ?? [])
                .SelectMany(detail => detail.Errors?.Values.Select(error => $"{field}{detail.InstanceLocation}: {error}") ?? [])
                .Distinct(StringComparer.Ordinal)
                .Take(ErrorsTold);
            throw ProblemException.Invalid($"The {field} are not what the dataset's schema says. {string.Join("; ", errors)}.");
        }
    }

    private static JsonSchema? Read(JsonObject dataset, string name)
    {
        if (dataset[name] is not { } definition)
        {
            return null;
        }

        try
        {
            // A registry of its own: schemas of different workspaces may have the same $id.
            return JsonSchema.FromText(definition.ToJsonString(), new BuildOptions { SchemaRegistry = new SchemaRegistry() });
        }
        catch (Exception exception) when (exception is JsonSchemaException or JsonException or RefResolutionException or ArgumentException)
        {
            throw ProblemException.Invalid($"'{name}' is no JSON schema: {exception.Message}");
        }
    }
}
