using System.Text.Json.Nodes;

namespace LangSmith.Server.Curation.Datasets;

/// <summary>Which columns of a file's row are an example's inputs, and which its outputs.</summary>
/// <param name="Inputs">Columns that are inputs; empty takes what the row itself says.</param>
/// <param name="Outputs">Columns that are outputs.</param>
public sealed record ExampleColumns(IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs)
{
    private const string InputsName = "inputs";
    private const string OutputsName = "outputs";

    /// <summary>
    /// Splits a row. Without named columns, it takes what downloads write: objects <c>inputs</c> and <c>outputs</c>, or columns that begin
    /// with <c>inputs.</c> and <c>outputs.</c>; else every column that is no output is an input.
    /// </summary>
    /// <exception cref="DatasetFileException">The row lacks a named column.</exception>
    public (JsonObject Inputs, JsonObject? Outputs) Split(JsonObject row)
    {
        if (Inputs.Count > 0)
        {
            return (DatasetFile.Pick(row, Inputs), Outputs.Count == 0 ? null : DatasetFile.Pick(row, Outputs));
        }

        if (row[InputsName] is JsonObject inputs)
        {
            return (inputs.DeepClone().AsObject(), row[OutputsName]?.DeepClone() as JsonObject);
        }

        if (row.Any(cell => cell.Key.StartsWith(InputsName + ".", StringComparison.Ordinal)))
        {
            return (Prefixed(row, InputsName), Prefixed(row, OutputsName));
        }

        var others = row.Select(cell => cell.Key).Where(name => !Outputs.Contains(name, StringComparer.Ordinal));
        return (DatasetFile.Pick(row, others), Outputs.Count == 0 ? null : DatasetFile.Pick(row, Outputs));
    }

    private static JsonObject Prefixed(JsonObject row, string prefix)
    {
        var found = new JsonObject();
        foreach (var (name, value) in row.Where(cell => cell.Key.StartsWith(prefix + ".", StringComparison.Ordinal)))
        {
            found[name[(prefix.Length + 1)..]] = value?.DeepClone();
        }

        return found;
    }
}
