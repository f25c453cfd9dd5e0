using Microsoft.Extensions.Configuration;

namespace LangSmith.Sdk.Tests.Configuration;

public sealed class LangSmithConfigurationTests
{
    [Fact]
    public void Read_EveryKey_IsTaken()
    {
        var options = new LangSmithOptions().Read(Section(
            ("TracingEnabled", "true"), ("Endpoint", "http://127.0.0.1:1984/"), ("ApiKey", "k"), ("WorkspaceId", "w"), ("ProjectName", "p"),
            ("SamplingRate", "0.5"), ("HideInputs", "true"), ("HideOutputs", "true"), ("HideMetadata", "true"), ("Strict", "true"),
            ("AllowFileAttachments", "true"), ("RunIdPolicy", "require"),
            ("RunsEndpoints:0:Endpoint", "http://copy"), ("RunsEndpoints:0:ApiKey", "c"), ("RunsEndpoints:0:ProjectName", "cp"),
            ("Export:QueueBytesMax", "1"), ("Export:QueueCountMax", "2"), ("Export:BatchBytesMax", "3"), ("Export:BatchCountMax", "4"),
            ("Export:BatchAgeMax", "00:00:05"), ("Export:SenderCount", "6"), ("Export:RequestTimeout", "00:00:07"), ("Export:RetryFor", "00:00:08"),
            ("Export:RetryDelay", "00:00:09"), ("Export:ShutdownTimeout", "00:00:10"), ("Export:Compress", "false"),
            ("Export:SpillDirectory", "/var/spool/x"), ("Export:SpillBytesMax", "11")));

        Assert.Equal((true, true, true, true), (options.TracingEnabled, options.HideInputs, options.HideOutputs, options.HideMetadata));
        Assert.True(options.Strict && options.AllowFileAttachments);
        Assert.Equal((new Uri("http://127.0.0.1:1984"), "k", "w", "p"), (options.Endpoint, options.ApiKey, options.WorkspaceId, options.ProjectName));
        Assert.Equal((0.5, RunIdPolicy.Require), (options.SamplingRate, options.RunIdPolicy));
        Assert.Equal([new RunsEndpoint(new Uri("http://copy"), "c", "cp")], options.RunsEndpoints);
        var export = options.Export;
        Assert.Equal((1L, 2, 3, 4, 6, 11L), (export.QueueBytesMax, export.QueueCountMax, export.BatchBytesMax, export.BatchCountMax, export.SenderCount, export.SpillBytesMax));
        Assert.Equal([5, 7, 8, 9, 10], [.. Seconds(export.BatchAgeMax, export.RequestTimeout, export.RetryFor, export.RetryDelay, export.ShutdownTimeout)]);
        Assert.False(export.Compress);
        Assert.Equal("/var/spool/x", export.SpillDirectory);
    }

    [Fact]
    public void Read_EmptySection_ChangesNothing()
    {
        var options = new LangSmithOptions { ProjectName = "kept", Strict = true, SamplingRate = 0.5, RunsEndpoints = [] }.Read(Section());

        Assert.Equal(("kept", true, 0.5), (options.ProjectName, options.Strict, options.SamplingRate));
        Assert.Null(options.TracingEnabled);
        Assert.Empty(options.RunsEndpoints!);
        Assert.Equal(new LangSmithOptions().Export.QueueBytesMax, options.Export.QueueBytesMax);
    }

    [Theory]
    [InlineData("TracingEnabled", "on", "true or false")]
    [InlineData("SamplingRate", "half", "a number")]
    [InlineData("RunIdPolicy", "Never", "Warn, Require, Allow")]
    [InlineData("Export:BatchAgeMax", "soon", "00:00:05")]
    [InlineData("Endpoint", "localhost", "http")]
    [InlineData("RunsEndpoints:0:ApiKey", "k", "RunsEndpoints:0:Endpoint")]
    public void Read_UnreadableValue_NamesKeyAndRemedy(string key, string value, string remedy)
    {
        var error = Assert.Throws<ArgumentException>(() => new LangSmithOptions().Read(Section((key, value))));

        Assert.Contains(key.Split(':')[^1] == "ApiKey" ? "Endpoint" : key.Split(':')[^1], error.Message);
        Assert.Contains(remedy, error.Message);
    }

    private static IEnumerable<int> Seconds(params TimeSpan[] times) => times.Select(time => (int)time.TotalSeconds);

    private static IConfigurationSection Section(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(pair => KeyValuePair.Create($"LangSmith:{pair.Key}", (string?)pair.Value)))
            .Build()
            .GetSection(LangSmithConfiguration.SectionName);
}
