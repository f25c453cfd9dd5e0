using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using LangSmith.Export;
using LangSmith.Redaction;

namespace LangSmith.Sdk.Tests.Redaction;

public sealed class RedactorTests
{
    private const string Secret = "4111-1111";

    private static readonly RedactionRule s_digits = RedactionRule.Pattern(@"\d{4}-\d{4}");

    [Fact]
    public void Apply_SecretEverywhere_LeavesNowhere()
    {
        var operation = Full($"a {Secret} b");

        var redacted = Redactor(s_digits).Apply(operation);

        Assert.Equal("a [redacted] b", redacted.Error);
        Assert.Equal(["a [redacted] b"], redacted.Tags);
        Assert.Equal("a [redacted] b", Assert.Single(redacted.Attachments!).Name);
        foreach (var json in new[] { redacted.Inputs, redacted.Outputs, redacted.Extra, redacted.Events })
        {
            var text = Encoding.UTF8.GetString(json.Span);
            Assert.DoesNotContain(Secret, text);
            Assert.Contains("[redacted]", text);
        }
    }

    [Fact]
    public void Apply_SecretInNameOfAProperty_IsReplacedButNotTheWiresOwnNames()
    {
        var everything = RedactionRule.Pattern("^.*$", "x");
        var operation = new RunOperation
        {
            IsCreate = true,
            RunId = Uuid7.NewGuid(),
            TraceId = Uuid7.NewGuid(),
            DottedOrder = "",
            Inputs = Utf8($$"""{"{{Secret}}":1}"""),
            Extra = Utf8("""{"metadata":{"user":"u"},"runtime":{}}"""),
            Events = Utf8("""[{"name":"e","kwargs":{"user":"u"}}]"""),
        };

        Assert.Equal("""{"[redacted]":1}""", Text(Redactor(s_digits).Apply(operation).Inputs));
        Assert.Equal("""{"metadata":{"x":"x"},"runtime":{}}""", Text(Redactor(everything).Apply(operation).Extra));
        Assert.Equal("""[{"name":"x","kwargs":{"x":"x"}}]""", Text(Redactor(everything).Apply(operation).Events));
    }

    [Theory]
    [InlineData("4111111111111111", "\"[redacted]\"")]
    [InlineData("12", "12")]
    [InlineData("0.10000000000000000000000001", "0.10000000000000000000000001")]
    [InlineData("1e400", "1e400")]
    [InlineData("true", "true")]
    [InlineData("null", "null")]
    public void Json_NumberOrLiteral_IsATextWhenAPatternMatchesAndUntouchedOtherwise(string value, string expected) =>
        Assert.Equal($$"""{"n":{{expected}}}""", Text(Redactor(RedactionRule.Pattern(@"^\d{16}$")).Json(Utf8($$"""{"n":{{value}}}"""))));

    [Fact]
    public void Json_Function_SeesTextsButNeitherNamesNorNumbers()
    {
        var seen = new List<string>();
        var rule = RedactionRule.Function(text =>
        {
            seen.Add(text);
            return text.ToUpperInvariant();
        });

        var json = Redactor(rule).Json(Utf8("""{"a":"b","c":[1,"d",{"e":"f"}]}"""));

        Assert.Equal("""{"a":"B","c":[1,"D",{"e":"F"}]}""", Text(json));
        Assert.Equal(["b", "d", "f"], seen);
    }

    [Fact]
    public void Text_SeveralRules_RunInTheirOrder() =>
        Assert.Equal("c", Redactor(RedactionRule.Pattern("a", "b"), RedactionRule.Function(text => text.Replace('b', 'c'))).Text("a"));

    [Fact]
    public void Apply_RuleThrows_TextIsGone()
    {
        var redacted = Redactor(RedactionRule.Function(_ => throw new InvalidOperationException())).Apply(Full(Secret));

        Assert.Equal("[redaction failed]", redacted.Error);
        Assert.Equal(["[redaction failed]"], redacted.Tags);
        Assert.All([redacted.Inputs, redacted.Outputs, redacted.Extra, redacted.Events], json => Assert.DoesNotContain(Secret, Text(json)));
    }

    [Fact]
    public void Apply_RuleReturnsNull_TextIsGone() =>
        Assert.Equal("[redaction failed]", Redactor(RedactionRule.Function(_ => null!)).Text(Secret));

    [Theory]
    [InlineData("""{"a":"\ud800 4111-1111"}""", """{"redaction":"failed"}""")]
    [InlineData("""["\udc00 4111-1111"]""", "[]")]
    [InlineData("""{"a":"4111-1111" """, """{"redaction":"failed"}""")]
    public void Json_NotReadableWhole_IsReplacedWhole(string json, string expected) =>
        Assert.Equal(expected, Text(Redactor(s_digits).Json(Utf8(json))));

    [Fact]
    public void Json_DeeperThanTheLimit_IsReplacedWhole()
    {
        var deep = new string('[', 2_000) + $"\"{Secret}\"" + new string(']', 2_000);

        Assert.Equal("[]", Text(Redactor(s_digits).Json(Utf8(deep))));
    }

    [Fact]
    public void Json_SameNameTwice_BothAreRedacted() =>
        Assert.Equal("""{"a":"[redacted]","a":"[redacted]"}""", Text(Redactor(s_digits).Json(Utf8($$"""{"a":"{{Secret}}","a":"{{Secret}}"}"""))));

    [Fact]
    public void Apply_FilesThatBecomeAlike_KeepDifferentNames()
    {
        var operation = Full("x", new RunAttachment("1111-1111", "text/plain", default), new RunAttachment("2222-2222", "text/plain", default));

        Assert.Equal(["[redacted]", "[redacted]-2"], Redactor(s_digits).Apply(operation).Attachments!.Select(file => file.Name));
    }

    [Fact]
    public void Apply_NoRules_IsTheSameOperation()
    {
        var operation = Full(Secret);

        Assert.Same(operation, Redactor().Apply(operation));
    }

    [Fact]
    public void Json_AnyTexts_NoSecretIsLeftAndTheRestIsAsBefore() =>
        Gen.Select(Gen.String[Gen.Char['\u0020', '\ud7ff'], 0, 20], Gen.String[Gen.Char.AlphaNumeric, 1, 8], Gen.Bool).Array[0, 12].Sample(fields =>
        {
            var before = new JsonObject();
            foreach (var (text, name, isSecret) in fields)
            {
                before[name] = isSecret ? text + Secret : text;
            }

            var after = JsonNode.Parse(Redactor(s_digits).Json(Utf8(before.ToJsonString())).Span)!.AsObject();
            return before.All(pair => after[pair.Key]!.GetValue<string>() == s_digits.Apply(pair.Value!.GetValue<string>()))
                && after.Count == before.Count
                && !after.ToJsonString().Contains(Secret, StringComparison.Ordinal);
        });

    [Fact]
    public void Pattern_NoExpression_IsRefused() => Assert.ThrowsAny<ArgumentException>(() => RedactionRule.Pattern("("));

    private static Redactor Redactor(params RedactionRule[] rules) => new(rules);

    private static RunOperation Full(string text, params RunAttachment[] files) => new()
    {
        IsCreate = true,
        RunId = Uuid7.NewGuid(),
        TraceId = Uuid7.NewGuid(),
        DottedOrder = "",
        Error = text,
        Tags = [text],
        Inputs = Utf8($$"""{"i":{{JsonSerializer.Serialize(text)}}}"""),
        Outputs = Utf8($$"""{"o":[{"deep":{{JsonSerializer.Serialize(text)}}}]}"""),
        Extra = Utf8($$$"""{"metadata":{"m":{{{JsonSerializer.Serialize(text)}}}}}"""),
        Events = Utf8($$$"""[{"name":"e","kwargs":{"k":{{{JsonSerializer.Serialize(text)}}}}}]"""),
        Attachments = files.Length > 0 ? files : [new RunAttachment(text, "text/plain", default)],
    };

    private static ReadOnlyMemory<byte> Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
