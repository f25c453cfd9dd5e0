using LangSmith.Redaction;
using LangSmith.Testing;

namespace LangSmith.Sdk.Tests.Redaction;

/// <summary>What looks like a secret goes, what does not stays. The examples are made up and cut so that no scanner takes them for real.</summary>
public sealed class SecretsTests
{
    public static TheoryData<string, string> Secrets => new()
    {
        { "key " + "sk-" + "proj-abcdefghijklmnopqrstuv end", "key [secret] end" },
        { "lsv2_" + "pt_0123456789abcdef0123", "[secret]" },
        { "AKIA" + "ABCDEFGHIJKLMNOP", "[secret]" },
        { "ghp_" + new string('a', 36), "[secret]" },
        { "xoxb-" + "123456789012-abc", "[secret]" },
        { "sk_" + "live_0123456789abcdefgh", "[secret]" },
        { "eyJhbGciOiJI" + ".eyJzdWIiOiIx.SflKxwRJSMeKKF2QT4", "[secret]" },
        { "Authorization: Bearer abcdef0123456789", "Authorization: [secret]" },
        { "postgres://me:hush-hush@db/x", "postgres[secret]db/x" },
        { "password=correcthorse next", "[secret] next" },
        { "\"api_key\": \"abcdef123456\"", "\"[secret]\"" },
        { "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----\nrest", "[secret]\nrest" },
    };

    [Theory]
    [MemberData(nameof(Secrets))]
    public void Secrets_InAText_AreReplaced(string text, string expected) => Assert.Equal(expected, RedactionRule.Secrets.Apply(text));

    [Theory]
    [InlineData("What is the capital of France?")]
    [InlineData("the password is in the safe")]
    [InlineData("https://example.org:8080/a?b=c")]
    [InlineData("01a203be-ef97-7411-8f3a-319c3bd21459")]
    [InlineData("task-1 risk-averse desk-top")]
    [InlineData("basic arithmetic")]
    public void Secrets_InAPlainText_AreNone(string text) => Assert.Equal(text, RedactionRule.Secrets.Apply(text));

    [Fact]
    public void Secrets_InAnException_DoNotLeaveWithTheRun()
    {
        const string Token = "abcdef0123456789abcdef";
        using var capture = RunCapture.Start(options => options.Redactions.Add(RedactionRule.Secrets));

        using (var run = Traceable.StartRun("run"))
        {
            run.Fail(new InvalidOperationException($"401 for 'Authorization: Bearer {Token}'"));
            Assert.NotNull(capture.Single("run").Error);
        }

        capture.AssertNothingLeaked(Token);
        Assert.Contains("InvalidOperationException: 401 for", capture.Single("run").Error, StringComparison.Ordinal);
    }
}
