using System.Globalization;
using System.Text;
using System.Text.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Query;
using LangSmith.Server.Storage.Sqlite.Runs;
using LangSmith.Server.Storage.Sqlite.Search;
using Microsoft.Data.Sqlite;

namespace LangSmith.Server.Storage.Sqlite.Filters;

/// <summary>The SQL functions that look into packed payloads.</summary>
internal static class PayloadFunctions
{
    /// <summary>(payload, blob, part): the JSON text of a part: 0 the inputs, 1 the outputs.</summary>
    public const string Text = "ls_payload_text";

    /// <summary>(payload, blob, part): its scalars as a JSON array of [path, text].</summary>
    public const string Entries = "ls_payload_entries";

    /// <summary>(payload, blob, key, json): whether the metadata of <c>extra</c> has the key with a value that contains the JSON; a null
    /// asks for the key.</summary>
    public const string MetadataContains = "ls_metadata_contains";

    /// <summary>(payload, blob, part): the words of a part.</summary>
    public const string PayloadWords = "ls_payload_words";

    /// <summary>(name, error, tags, metadata): the words of these columns.</summary>
    public const string Words = "ls_words";

    /// <summary>(text): the number that a text is; null when it is none.</summary>
    public const string Number = "ls_number";

    public static void Register(SqliteConnection connection, Func<string, byte[]> readBlob)
    {
        connection.CreateFunction<byte[]?, string?, long, string?>(
            Text, (payload, blob, part) => Part(payload, blob, part, readBlob) is { IsEmpty: false } json ? Encoding.UTF8.GetString(json.Span) : null,
            isDeterministic: true);
        connection.CreateFunction<byte[]?, string?, long, string>(
            Entries, (payload, blob, part) => JsonSerializer.Serialize(
                PayloadEntries.Of(Part(payload, blob, part, readBlob))
                    .Select(entry => new[] { entry.Path, entry.Text }), FunctionJson.Default.IEnumerableStringArray),
            isDeterministic: true);
        connection.CreateFunction<byte[]?, string?, string, string?, long>(
            MetadataContains, (payload, blob, key, json) => Contains(Write(payload, blob, readBlob).Extra, key, json) ? 1 : 0, isDeterministic: true);
        connection.CreateFunction<byte[]?, string?, long, string>(
            PayloadWords, (payload, blob, part) => SearchText.OfJson(Part(payload, blob, part, readBlob).Span), isDeterministic: true);
        connection.CreateFunction<string, string?, string, string, string>(Words, RunWords.OfColumns, isDeterministic: true);
        connection.CreateFunction<object?, double?>(Number, NumberOf, isDeterministic: true);
    }

    private static RunWrite Write(byte[]? payload, string? blob, Func<string, byte[]> readBlob) =>
        PayloadPack.Read(payload ?? (blob is null ? [] : readBlob(blob)));

    private static ReadOnlyMemory<byte> Part(byte[]? payload, string? blob, long part, Func<string, byte[]> readBlob)
    {
        var write = Write(payload, blob, readBlob);
        return part == 0 ? write.Inputs : write.Outputs;
    }

    private static double? NumberOf(object? value) => value switch
    {
        double number => number,
        long number => number,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static bool Contains(ReadOnlyMemory<byte> extra, string key, string? json)
    {
        if (extra.IsEmpty)
        {
            return false;
        }

        using var document = JsonDocument.Parse(extra, new JsonDocumentOptions { MaxDepth = 1024 });
        if (json is null)
        {
            return JsonContainment.HasMetadata(document.RootElement, key, null);
        }

        using var wanted = JsonDocument.Parse(json);
        return JsonContainment.HasMetadata(document.RootElement, key, wanted.RootElement);
    }
}
