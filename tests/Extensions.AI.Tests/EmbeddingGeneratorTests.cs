using LangSmith;
using LangSmith.Testing;
using Microsoft.Extensions.AI;

namespace Extensions.AI.Tests;

public sealed class EmbeddingGeneratorTests
{
    [Fact]
    public async Task Generate_WithARunId_IsAnEmbeddingRunWithoutTheVectors()
    {
        using var capture = RunCapture.Start();
        var generator = new Generator().AsBuilder().UseLangSmith().Build();
        var id = Uuid7.NewGuid();

        var embeddings = await generator.GenerateAsync(
            ["one", "two"], new EmbeddingGenerationOptions { ModelId = "small" }.WithRunId(id), TestContext.Current.CancellationToken);

        var run = Assert.Single(capture.Runs);
        Assert.Equal((id, id, "embedding"), (run.Id, embeddings.GetLangSmithRunId()!.Value, run.RunType));
        Assert.Equal("""{"input":["one","two"]}""", run.Inputs!.ToJsonString());
        Assert.Equal("""{"count":2,"dimensions":3,"usage_metadata":{"input_tokens":4,"output_tokens":0,"total_tokens":4}}""", run.Outputs!.ToJsonString());
        Assert.Equal("small", (string?)run.Metadata["ls_model_name"]);
    }

    private sealed class Generator : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            Assert.Null(options?.AdditionalProperties);
            var embeddings = values.Select(_ => new Embedding<float>(new float[] { 1, 2, 3 }));
            return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(embeddings) { Usage = new UsageDetails { InputTokenCount = 4 } });
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
