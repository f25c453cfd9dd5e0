using System.Globalization;
using System.Text;

namespace LangSmith.Server.Ingest.Json;

/// <summary>Reads JSON strings whose escapes hold lone surrogates, which the framework refuses.</summary>
internal static class SurrogateText
{
    /// <summary>Unescapes a JSON string with its quotes; half a surrogate pair becomes U+FFFD.</summary>
    public static string Read(string quoted)
    {
        var text = new StringBuilder(quoted.Length);
        for (var i = 1; i < quoted.Length - 1; i++)
        {
            if (quoted[i] != '\\' || i + 1 >= quoted.Length - 1)
            {
                text.Append(quoted[i]);
                continue;
            }

            i++;
            if (quoted[i] == 'u' && i + 4 < quoted.Length
                && ushort.TryParse(quoted.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                text.Append((char)unit);
                i += 4;
            }
            else
            {
                text.Append(quoted[i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', var other => other });
            }
        }

        // Encoding replaces what is no pair.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
