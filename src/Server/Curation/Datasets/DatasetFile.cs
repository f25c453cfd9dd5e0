using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Domain.Texts;
using Microsoft.VisualBasic.FileIO;

namespace LangSmith.Server.Curation.Datasets;

/// <summary>Reads examples out of files: CSV with a head line, or JSON lines.</summary>
public static class DatasetFile
{
    public const int RowsMax = 100_000;

    private static readonly JsonDocumentOptions s_reading = new() { AllowDuplicateProperties = false };

    /// <summary>Reads the rows: an object of columns each.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="isLines">Whether it holds a JSON object a line, and not CSV.</param>
    /// <exception cref="DatasetFileException">A line is neither, or there are too many.</exception>
    public static IReadOnlyList<JsonObject> ReadRows(Stream stream, bool isLines)
    {
        var rows = (isLines ? Lines(stream) : Csv(stream)).Take(RowsMax + 1).ToList();
        return rows.Count <= RowsMax ? rows : throw new DatasetFileException($"The file has more than {RowsMax:N0} rows. Send it in parts.");
    }

    /// <summary>Tells JSON lines from CSV by what the sender says of the file.</summary>
    public static bool IsLines(string fileName, string? contentType) =>
        fileName.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) || fileName.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase)
        || contentType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The named columns of a row.</summary>
    /// <exception cref="DatasetFileException">The row lacks one.</exception>
    public static JsonObject Pick(JsonObject row, IEnumerable<string> columns)
    {
        var picked = new JsonObject();
        foreach (var column in columns)
        {
            picked[column] = row.TryGetPropertyValue(column, out var value)
                ? value?.DeepClone()
                : throw new DatasetFileException($"The file has no column '{column}'; there are {string.Join(", ", row.Select(cell => cell.Key))}.");
        }

        return picked;
    }

    private static IEnumerable<JsonObject> Lines(Stream stream)
    {
        using var reader = new StreamReader(stream);
        var number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Trim().Length > 0)
            {
                yield return Parse(line) ?? throw new DatasetFileException($"Line {number} is no JSON object.");
            }
        }
    }

    private static JsonObject? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(SurrogatePairs.Mend(line).Span, documentOptions: s_reading) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<JsonObject> Csv(Stream stream)
    {
        using var parser = new TextFieldParser(stream) { TextFieldType = FieldType.Delimited, HasFieldsEnclosedInQuotes = true, TrimWhiteSpace = false };
        parser.SetDelimiters(",");
        var head = Fields(parser);
        while (head is not null && Fields(parser) is { } cells)
        {
            var row = new JsonObject();
            for (var column = 0; column < head.Length; column++)
            {
                row[head[column]] = column < cells.Length ? cells[column] : null;
            }

            yield return row;
        }
    }

    private static string[]? Fields(TextFieldParser parser)
    {
        try
        {
            return parser.ReadFields();
        }
        catch (MalformedLineException exception)
        {
            throw new DatasetFileException($"Line {exception.LineNumber} of the file is no CSV.");
        }
    }
}
