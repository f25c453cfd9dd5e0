using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LangSmith.Server.Query.Language;

/// <summary>Reads the text of a filter expression into nodes.</summary>
internal ref struct FilterReader(string text)
{
    private const int LengthMax = 1_000_000;
    private const int DepthMax = 200;

    private int _position;
    private int _depth;

    /// <exception cref="FilterTextException">The text is no expression.</exception>
    public FilterNode ReadAll()
    {
        if (text.Length > LengthMax)
        {
            throw new FilterTextException($"A filter has at most {LengthMax:N0} characters", LengthMax);
        }

        var node = ReadNode();
        SkipBlanks();
        return _position == text.Length ? node : throw Wrong($"'{text[_position]}' follows the end of the filter");
    }

    private FilterNode ReadNode()
    {
        if (++_depth > DepthMax)
        {
            throw Wrong($"A filter is nested at most {DepthMax} deep");
        }

        SkipBlanks();
        var node = Peek() switch
        {
            '"' or '\'' => ReadText(),
            '[' => ReadList(']'),
            '(' => ReadList(')'),
            '{' => ReadJson(),
            '-' or '+' or (>= '0' and <= '9') => ReadNumber(),
            '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') => ReadWord(),
            '\0' => throw Wrong("Something is missing"),
            var other => throw Wrong($"'{other}' begins nothing that a filter has"),
        };
        _depth--;
        return node;
    }

    private FilterNode ReadWord()
    {
        var start = _position;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() is '_' or '-' or '.')
        {
            _position++;
        }

        var word = text[start.._position];
        SkipBlanks();
        if (Peek() == '(')
        {
            return new FilterNode.Call(start, word.ToLowerInvariant(), ReadItems(')'));
        }

        return word switch
        {
            "true" or "True" => new FilterNode.Truth(start, true),
            "false" or "False" => new FilterNode.Truth(start, false),
            "null" or "None" => new FilterNode.Null(start),
            _ => new FilterNode.Name(start, word),
        };
    }

    private FilterNode.List ReadList(char end)
    {
        var start = _position;
        return new FilterNode.List(start, ReadItems(end));
    }

    /// <summary>Reads from an opening bracket to the closing one; a comma may stand before it.</summary>
    private List<FilterNode> ReadItems(char end)
    {
        _position++;
        var items = new List<FilterNode>();
        for (SkipBlanks(); Peek() != end; SkipBlanks())
        {
            items.Add(ReadNode());
            SkipBlanks();
            if (Peek() == ',')
            {
                _position++;
            }
            else if (Peek() != end)
            {
                throw Wrong($"A comma or '{end}' is missing");
            }
        }

        _position++;
        return items;
    }

    private FilterNode.Number ReadNumber()
    {
        var start = _position;
        while (char.IsAsciiDigit(Peek()) || Peek() is '-' or '+' or '.' or 'e' or 'E')
        {
            _position++;
        }

        return double.TryParse(text.AsSpan(start, _position - start), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? new FilterNode.Number(start, number)
            : throw new FilterTextException($"'{text[start.._position]}' is no number", start);
    }

    private FilterNode.Text ReadText()
    {
        var start = _position;
        var quote = text[_position++];
        var value = new StringBuilder();
        while (Peek() != quote)
        {
            if (_position >= text.Length)
            {
                throw new FilterTextException("The text has no end", start);
            }

            value.Append(text[_position] == '\\' ? ReadEscape() : text[_position]);
            _position++;
        }

        _position++;
        return new FilterNode.Text(start, value.ToString());
    }

    /// <summary>Reads an escape and stays on its last character.</summary>
    private char ReadEscape()
    {
        _position++;
        switch (Peek())
        {
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'u' when _position + 4 < text.Length
                && ushort.TryParse(text.AsSpan(_position + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit):
                _position += 4;
                return (char)unit;
            case '\0':
                throw Wrong("The text has no end");
            default:
                return text[_position];
        }
    }

    private FilterNode.Json ReadJson()
    {
        var start = _position;
        var bytes = Encoding.UTF8.GetBytes(text[start..]);
        var reader = new Utf8JsonReader(bytes);
        try
        {
            var value = JsonElement.ParseValue(ref reader);
            _position += Encoding.UTF8.GetCharCount(bytes.AsSpan(0, (int)reader.BytesConsumed));
            return new FilterNode.Json(start, value);
        }
        catch (JsonException)
        {
            throw new FilterTextException("This is no JSON object", start);
        }
    }

    private readonly char Peek() => _position < text.Length ? text[_position] : '\0';

    private void SkipBlanks()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
        {
            _position++;
        }
    }

    private readonly FilterTextException Wrong(string message) => new(message, _position);
}
