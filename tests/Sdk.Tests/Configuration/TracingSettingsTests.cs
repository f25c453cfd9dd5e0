using LangSmith.Configuration;

namespace LangSmith.Sdk.Tests.Configuration;

[Collection(nameof(EnvironmentVariables))]
public sealed class TracingSettingsTests
{
    private const string Key = "lsv2_pt_0123456789abcdef";

    [Fact]
    public void Of_NothingSaid_IsOffAndHosted()
    {
        using var environment = EnvironmentVariables.Only();
        var options = new LangSmithOptions();

        var settings = TracingSettings.Of(options);

        Assert.False(settings.TracingEnabled);
        Assert.Equal("default", settings.ProjectName);
        Assert.Equal(1, settings.SamplingRate);
        Assert.False(settings.HideInputs || settings.HideOutputs || settings.HideMetadata);
        Assert.Empty(settings.RunsEndpoints);
        Assert.Equal(new Uri("https://api.smith.langchain.com"), options.Export.Endpoint);
        Assert.Null(options.Export.ApiKey);
    }

    [Fact]
    public void Of_EnvironmentAlone_IsRead()
    {
        using var environment = EnvironmentVariables.Only(
            ("LANGSMITH_TRACING", "true"), ("LANGSMITH_ENDPOINT", " 'http://127.0.0.1:1984/api/v1/' "), ("LANGSMITH_API_KEY", Key),
            ("LANGSMITH_PROJECT", "shop"), ("LANGSMITH_WORKSPACE_ID", "w-1"), ("LANGSMITH_TRACING_SAMPLING_RATE", "0.25"),
            ("LANGSMITH_HIDE_INPUTS", "TRUE"), ("LANGSMITH_HIDE_OUTPUTS", "1"), ("LANGSMITH_HIDE_METADATA", "true"));
        var options = new LangSmithOptions();

        var settings = TracingSettings.Of(options);

        Assert.True(settings.TracingEnabled && settings.HideInputs && settings.HideOutputs && settings.HideMetadata);
        Assert.Equal("shop", settings.ProjectName);
        Assert.Equal(0.25, settings.SamplingRate);
        Assert.Equal("http://127.0.0.1:1984/api/v1", options.Export.Endpoint.AbsoluteUri);
        Assert.Equal(Key, options.Export.ApiKey);
        Assert.Equal("w-1", options.Export.WorkspaceId);
    }

    [Fact]
    public void Of_CodeAndEnvironment_CodeWins()
    {
        using var environment = EnvironmentVariables.Only(
            ("LANGSMITH_TRACING", "true"), ("LANGSMITH_ENDPOINT", "http://environment"), ("LANGSMITH_API_KEY", "of-the-environment"),
            ("LANGSMITH_PROJECT", "environment"), ("LANGSMITH_TRACING_SAMPLING_RATE", "0.25"), ("LANGSMITH_HIDE_INPUTS", "true"));
        var options = new LangSmithOptions
        {
            TracingEnabled = false,
            Endpoint = new Uri("http://code"),
            ApiKey = "of-the-code",
            ProjectName = "code",
            SamplingRate = 0.5,
            HideInputs = false,
        };

        var settings = TracingSettings.Of(options);

        Assert.False(settings.TracingEnabled || settings.HideInputs);
        Assert.Equal(("code", 0.5), (settings.ProjectName, settings.SamplingRate));
        Assert.Equal(("http://code/", "of-the-code"), (options.Export.Endpoint.AbsoluteUri, options.Export.ApiKey));
    }

    [Theory]
    [InlineData("LANGSMITH_PROJECT", "LANGCHAIN_PROJECT")]
    [InlineData("LANGCHAIN_PROJECT", "LANGSMITH_SESSION")]
    [InlineData("LANGSMITH_SESSION", "LANGCHAIN_SESSION")]
    public void Of_SeveralProjectNames_TheFirstOfTheOrderWins(string winner, string loser)
    {
        using var environment = EnvironmentVariables.Only((loser, "loser"), (winner, "winner"));

        Assert.Equal("winner", TracingSettings.Of(new LangSmithOptions()).ProjectName);
    }

    [Theory]
    [InlineData("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2")]
    [InlineData("LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2")]
    [InlineData("LANGSMITH_TRACING", "LANGCHAIN_TRACING")]
    [InlineData("LANGCHAIN_TRACING_V2", "LANGCHAIN_TRACING")]
    public void Of_SeveralTracingFlags_TheFirstOfTheOrderWins(string winner, string loser)
    {
        using (EnvironmentVariables.Only((loser, "false"), (winner, "true")))
        {
            Assert.True(TracingSettings.Of(new LangSmithOptions()).TracingEnabled);
        }

        using (EnvironmentVariables.Only((loser, "true"), (winner, "false")))
        {
            Assert.False(TracingSettings.Of(new LangSmithOptions()).TracingEnabled);
        }
    }

    [Fact]
    public void Of_BlankVariable_IsNotSet()
    {
        using var environment = EnvironmentVariables.Only(("LANGSMITH_PROJECT", "  "), ("LANGCHAIN_PROJECT", "elder"), ("LANGSMITH_TRACING", "\"\""));

        var settings = TracingSettings.Of(new LangSmithOptions());

        Assert.Equal("elder", settings.ProjectName);
        Assert.False(settings.TracingEnabled);
    }

    [Theory]
    [InlineData("LANGSMITH_TRACING", "yes", "true or false")]
    [InlineData("LANGCHAIN_HIDE_INPUTS", "ja", "true or false")]
    [InlineData("LANGSMITH_TRACING_SAMPLING_RATE", "half", "a number")]
    [InlineData("LANGSMITH_TRACING_SAMPLING_RATE", "1.5", "from 0")]
    [InlineData("LANGSMITH_TRACING_SAMPLING_RATE", "NaN", "from 0")]
    [InlineData("LANGSMITH_ENDPOINT", "api.smith.langchain.com", "http")]
    [InlineData("LANGSMITH_ENDPOINT", "ftp://somewhere", "http")]
    [InlineData("LANGSMITH_RUNS_ENDPOINTS", "not json", "JSON")]
    [InlineData("LANGSMITH_RUNS_ENDPOINTS", "[{}]", "api_url")]
    [InlineData("LANGSMITH_RUNS_ENDPOINTS", "42", "JSON")]
    public void Of_UnreadableVariable_IsNamedWithTheRemedy(string name, string value, string remedy)
    {
        using var environment = EnvironmentVariables.Only((name, value));

        var error = Assert.Throws<ArgumentException>(() => TracingSettings.Of(new LangSmithOptions()));

        Assert.Contains(name, error.Message);
        Assert.Contains(remedy, error.Message);
    }

    [Theory]
    [InlineData("LANGSMITH_ENDPOINT", Key)]
    [InlineData("LANGSMITH_ENDPOINT", "ftp://user:" + Key + "@host")]
    [InlineData("LANGSMITH_RUNS_ENDPOINTS", "{\"" + Key + "\":\"http://host\"}")]
    [InlineData("LANGSMITH_RUNS_ENDPOINTS", "[{\"api_key\":\"" + Key + "\"}]")]
    [InlineData("LANGSMITH_RUNS_ENDPOINTS", "[\"" + Key + "\"]")]
    public void Of_KeyInTheWrongPlace_IsNotRepeatedInTheError(string name, string value)
    {
        using var environment = EnvironmentVariables.Only((name, value));

        var error = Assert.Throws<ArgumentException>(() => TracingSettings.Of(new LangSmithOptions()));

        Assert.DoesNotContain(Key, error.ToString());
    }

    [Fact]
    public void Of_ListOfEndpointsAlone_FirstIsTheMainOneAndNothingGoesToTheHost()
    {
        using var environment = EnvironmentVariables.Only(
            ("LANGSMITH_API_KEY", "of-the-environment"),
            ("LANGSMITH_RUNS_ENDPOINTS", """[{"api_url":"http://a","api_key":"key-a","project_name":"p-a"},{"api_url":"http://b","api_key":"key-b"}]"""));
        var options = new LangSmithOptions();

        var settings = TracingSettings.Of(options);

        Assert.Equal(("http://a/", "key-a"), (options.Export.Endpoint.AbsoluteUri, options.Export.ApiKey));
        Assert.Equal("p-a", settings.ProjectName);
        Assert.Equal(new RunsEndpoint(new Uri("http://b"), "key-b", null), Assert.Single(settings.RunsEndpoints));
    }

    [Fact]
    public void Of_ListOfEndpointsBesideAnEndpoint_GetsCopies()
    {
        using var environment = EnvironmentVariables.Only(("LANGSMITH_RUNS_ENDPOINTS", """{"http://a":"key-a"}"""));
        var options = new LangSmithOptions { Endpoint = new Uri("http://main"), ApiKey = "key-main" };

        var settings = TracingSettings.Of(options);

        Assert.Equal(("http://main/", "key-main"), (options.Export.Endpoint.AbsoluteUri, options.Export.ApiKey));
        Assert.Equal(new RunsEndpoint(new Uri("http://a"), "key-a", null), Assert.Single(settings.RunsEndpoints));
    }

    [Fact]
    public void Default_UnreadableEnvironment_TurnsTracingOffInsteadOfThrowing()
    {
        using var environment = EnvironmentVariables.Only(("LANGSMITH_TRACING", "true"), ("LANGSMITH_ENDPOINT", "nonsense"));
        var before = LangSmithTracer.Default;
        LangSmithTracer.Default = null!;
        try
        {
            Assert.False(LangSmithTracer.Default.IsEnabled);
            using var run = Traceable.StartRun("goes on");
        }
        finally
        {
            LangSmithTracer.Default = before;
        }
    }
}
