using System.Text.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Examples;
using LangSmith.Server.Web.Payloads;
using Microsoft.AspNetCore.Http;

namespace LangSmith.Server.Web.Datasets;

/// <summary>An example as texts that people change.</summary>
public sealed record ExampleForm(string Inputs, string Outputs, string Metadata, string Splits)
{
    public static ExampleForm Empty { get; } = new("{\n  \"question\": \"\"\n}", "", "", "base");

    public static ExampleForm Of(StoredExample example) =>
        new(Indented(example.Inputs), Indented(example.Outputs), Indented(example.Metadata), string.Join(", ", example.Splits));

    public static ExampleForm Read(IFormCollection form) =>
        new(form["inputs"].ToString(), form["outputs"].ToString(), form["metadata"].ToString(), form["splits"].ToString());

    /// <summary>The example's next state; or what is wrong with the texts.</summary>
    public (StoredExample? Example, string? Problem) Change(StoredExample example, DateTimeOffset now)
    {
        var (inputs, problem) = Parse("Inputs", Inputs);
        (var outputs, problem) = problem is null ? Parse("Reference outputs", Outputs) : (default, problem);
        (var metadata, problem) = problem is null ? Parse("Metadata", Metadata) : (default, problem);
        if (problem is null && inputs.IsEmpty)
        {
            problem = "Inputs are missing: give a JSON object.";
        }

        return problem is not null ? (null, problem) : (example with
        {
            ModifiedAt = now,
            Inputs = inputs,
            Outputs = outputs,
            Metadata = metadata,
            Splits = SplitNames() is { Count: > 0 } splits ? splits : ["base"],
        }, null);
    }

    /// <summary>A new example of a dataset, still without content.</summary>
    public static StoredExample New(WorkspaceId workspace, Guid dataset, DateTimeOffset now) => new()
    {
        Workspace = workspace,
        DatasetId = dataset,
        Id = Uuid7.NewGuid(now),
        CreatedAt = now,
        ModifiedAt = now,
    };

    /// <summary>An example of what a run was asked and answered, with its files.</summary>
    /// <param name="run">The run, with its payloads.</param>
    /// <param name="dataset">Where the example goes.</param>
    /// <param name="split">Its split; null for <c>base</c>.</param>
    /// <param name="now">When it is made.</param>
    public static StoredExample OfRun(RunRecord run, Guid dataset, string? split, DateTimeOffset now) => New(run.Workspace, dataset, now) with
    {
        SourceRunId = run.Id,
        Splits = [split ?? "base"],
        Inputs = run.Inputs,
        Outputs = run.Outputs,
        Attachments = run.Attachments,
    };

    private List<string> SplitNames() =>
        [.. Splits.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];

    private static (ReadOnlyMemory<byte> Json, string? Problem) Parse(string what, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return (default, null);
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (JsonSerializer.SerializeToUtf8Bytes(document.RootElement), null)
                : (default, $"{what}: give a JSON object, such as {{\"answer\": \"…\"}}.");
        }
        catch (JsonException exception)
        {
            return (default, $"{what}: no JSON, see line {exception.LineNumber + 1}, column {exception.BytePositionInLine + 1}.");
        }
    }

    private static string Indented(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
        {
            return "";
        }

        using var document = JsonDocument.Parse(json, JsonText.Options);
        return JsonText.Indented(document.RootElement);
    }
}
