using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LangSmith.Server.Query.Language;

/// <summary>Reads the text of a filter expression into nodes.</summary>
internal ref struct FilterReader(string text)
{
    private const int LengthMax = 262_144;
    private const int DepthMax = 200;
    private const int NodesMax = 10_000;

    private int _position;
    private int _depth;
    private int _nodes;

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

        if (++_nodes > NodesMax)
        {
            throw Wrong($"A filter has at most {NodesMax:N0} names and values");
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
            && double.IsFinite(number)
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
        var read = value.ToString();
        return IsUnicode(read)
            ? new FilterNode.Text(start, read)
            : throw new FilterTextException("The text has half of a surrogate pair", start);
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
        _position = EndOfJson();
        try
        {
            return new FilterNode.Json(start, JsonElement.Parse(text.AsSpan(start.._position)));
        }
        catch (JsonException)
        {
            throw new FilterTextException("This is no JSON object", start);
        }
    }

    /// <summary>Where the braces that open here are closed: what lies between is parsed once, however many objects follow.</summary>
    private readonly int EndOfJson()
    {
        var (open, inText) = (0, false);
        for (var at = _position; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '\\' when inText:
                    at++;
                    break;
                case '"':
                    inText = !inText;
                    break;
                case '{' when !inText:
                    open++;
                    break;
                case '}' when !inText && --open == 0:
                    return at + 1;
            }
        }

        throw new FilterTextException("The JSON object has no end", _position);
    }

    private static bool IsUnicode(string value)
    {
        for (var rest = value.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            rest = rest[length..];
        }

        return true;
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
