using Microsoft.Extensions.AI;

namespace LangSmith.Extensions.AI;

/// <summary>An embedding generator whose requests are recorded as <c>embedding</c> runs.</summary>
/// <typeparam name="TInput">What embeddings are made of.</typeparam>
/// <typeparam name="TEmbedding">The embeddings.</typeparam>
/// <remarks>
/// Records what goes in, the number and size of what comes out, and the usage; not the vectors, which nobody reads. Thread-safe where the
/// inner generator is.
/// </remarks>
public sealed class LangSmithEmbeddingGenerator<TInput, TEmbedding> : DelegatingEmbeddingGenerator<TInput, TEmbedding>
    where TEmbedding : Embedding
{
    private readonly LangSmithClientOptions _options;
    private readonly EmbeddingGeneratorMetadata? _metadata;
    private readonly bool _stepsAside;

    /// <summary>Makes a generator that records what it passes on.</summary>
    /// <param name="innerGenerator">The generator that does the work; disposed with this one.</param>
    /// <param name="options">What to put on the runs; null for nothing beyond what the requests say.</param>
    public LangSmithEmbeddingGenerator(IEmbeddingGenerator<TInput, TEmbedding> innerGenerator, LangSmithClientOptions? options = null)
        : base(innerGenerator)
    {
        _options = options ?? new LangSmithClientOptions();
        _metadata = innerGenerator.GetService<EmbeddingGeneratorMetadata>();
        _stepsAside = innerGenerator.GetService<LangSmithEmbeddingGenerator<TInput, TEmbedding>>() is not null;
    }

    /// <inheritdoc/>
    public override async Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(
        IEnumerable<TInput> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (_stepsAside)
        {
            return await base.GenerateAsync(values, options, cancellationToken).ConfigureAwait(false);
        }

        var given = values as IReadOnlyCollection<TInput> ?? [.. values];
        using var request = Start(given, options);
        try
        {
            var embeddings = await base.GenerateAsync(given, RequestOptions.Onward(options), cancellationToken).ConfigureAwait(false);
            request.Record(run => SetOutputs(run, embeddings));
            if (request.IdToTell is { } id)
            {
                embeddings.AdditionalProperties = ChatRunIdExtensions.Tell(embeddings.AdditionalProperties, id);
            }

            return embeddings;
        }
        catch (Exception exception) when (request.Fail(exception))
        {
            throw;
        }
    }

    private RequestRun Start(IReadOnlyCollection<TInput> values, EmbeddingGenerationOptions? options)
    {
        var request = RequestRun.Start(
            _options,
            _metadata?.ProviderName is { Length: > 0 } provider ? $"{provider} embeddings" : "embeddings",
            "embedding",
            options?.AdditionalProperties);
        request.Record(run =>
        {
            run.SetInputs(new Dictionary<string, object?> { ["input"] = values.Cast<object?>().ToList() });
            run.AddMetadata("ls_model_type", "embedding");
            RunMetadata.AddIfGiven(run, "ls_provider", _metadata?.ProviderName?.ToLowerInvariant());
            RunMetadata.AddIfGiven(run, "ls_model_name", options?.ModelId ?? _metadata?.DefaultModelId);
            var dimensions = options?.Dimensions ?? _metadata?.DefaultModelDimensions;
            RunMetadata.AddIfGiven(
                run, "ls_invocation_params", dimensions is null ? null : new Dictionary<string, object?> { ["dimensions"] = dimensions });
        });
        return request;
    }

    private static void SetOutputs(RunTree run, GeneratedEmbeddings<TEmbedding> embeddings)
    {
        var outputs = new Dictionary<string, object?>
        {
            ["count"] = embeddings.Count,
            ["dimensions"] = embeddings.Count == 0 ? null : embeddings[0].Dimensions,
        };
        RunMetadata.AddUsage(run, outputs, embeddings.Usage);
        run.SetOutputs(outputs);
    }
}
