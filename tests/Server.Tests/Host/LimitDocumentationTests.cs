using System.Globalization;
using System.Reflection;
using LangSmith.Server;
using Microsoft.Extensions.Configuration;
using Server.Tests.Operations;

namespace Server.Tests.Host;

/// <summary>Every limit can be set, and docs/server.md says so with its default.</summary>
public sealed class LimitDocumentationTests
{
    private static readonly string[] s_notLimits = ["ApiKey", "DataFolder", "Retention"];

    public static TheoryData<string, string> Limits => [.. Sections().SelectMany(
        section => Properties(section.Options).Select(property => new TheoryDataRow<string, string>(section.Name, property.Name)))];

    [Theory]
    [MemberData(nameof(Limits))]
    public void Limit_IsInTheDocsWithItsDefaultAndComesFromTheEnvironment(string section, string name)
    {
        var options = Sections().Single(s => s.Name == section).Options;
        var property = options.GetType().GetProperty(name)!;
        var line = File.ReadLines(Path.Combine(CompatibilityTests.Root(), "docs", "server.md"))
            .SingleOrDefault(l => l.StartsWith($"| `LANGSMITH_SERVER_{section}__{name}` | {Print(property.GetValue(options))} | ", StringComparison.Ordinal));
        Assert.True(line is { Length: > 0 }, $"docs/server.md lacks '| `LANGSMITH_SERVER_{section}__{name}` | {Print(property.GetValue(options))} | …'.");

        var value = property.PropertyType == typeof(TimeSpan) || property.PropertyType == typeof(TimeSpan?) ? "1.02:03:04" : "77";
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new($"{section}:{name}", value)]).Build();
        var read = Sections(ServerConfiguration.Read(configuration)).Single(s => s.Name == section).Options;
        Assert.Equal(value, Convert.ToString(property.GetValue(read), CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("LIMITS:BodyBytesMax", "much")]
    [InlineData("LIMITS:BodyBytesMaximum", "5")]
    [InlineData("RETENTION:Shortlived", "soon")]
    public void Limit_ThatIsNone_IsRefusedByName(string name, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();
        var exception = Assert.Throws<ServerStartException>(() => ServerConfiguration.Read(configuration));
        Assert.Contains(name.Split(':')[1], exception.Message, StringComparison.Ordinal);
    }

    private static (string Name, object Options)[] Sections(LangSmithServerOptions? options = null)
    {
        options ??= new LangSmithServerOptions();
        return [("LIMITS", options.Limits), ("API", options.Api), ("STORE", options.Store), ("RETENTION", options.Retention)];
    }

    private static IEnumerable<PropertyInfo> Properties(object options) => options.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => !s_notLimits.Contains(property.Name, StringComparer.Ordinal));

    private static string Print(object? value) => value switch
    {
        null => "none",
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString("N0", CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
