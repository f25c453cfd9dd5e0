using LangSmith.Extensions.AI;

namespace Microsoft.Extensions.AI;

/// <summary>Puts recording into the pipelines of Microsoft.Extensions.AI.</summary>
public static class LangSmithClientBuilderExtensions
{
    /// <summary>Records the requests that pass this place in the pipeline as runs.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="options">What to put on the runs; null for nothing beyond what the requests say.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// <c>UseLangSmith().UseFunctionInvocation().UseLangSmith()</c> records the conversation as a chain run, and below it each model call as
    /// an llm run and each tool as a tool run. One <c>UseLangSmith()</c> alone records one llm run for each request that reaches it.
    /// </remarks>
    public static ChatClientBuilder UseLangSmith(this ChatClientBuilder builder, LangSmithClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use(inner => new LangSmithChatClient(inner, options));
    }

    /// <summary>Records the requests that pass this place in the pipeline as embedding runs.</summary>
    /// <typeparam name="TInput">What embeddings are made of.</typeparam>
    /// <typeparam name="TEmbedding">The embeddings.</typeparam>
    /// <param name="builder">The pipeline.</param>
    /// <param name="options">What to put on the runs; null for nothing beyond what the requests say.</param>
    /// <returns>The same builder.</returns>
    public static EmbeddingGeneratorBuilder<TInput, TEmbedding> UseLangSmith<TInput, TEmbedding>(
        this EmbeddingGeneratorBuilder<TInput, TEmbedding> builder, LangSmithClientOptions? options = null)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use(inner => new LangSmithEmbeddingGenerator<TInput, TEmbedding>(inner, options));
    }

    /// <summary>Records each call of a function as a tool run.</summary>
    /// <param name="function">The function.</param>
    /// <returns>A function that does the same; the same one when its calls are recorded already.</returns>
    /// <remarks>A <c>UseLangSmith()</c> above the function invocation does this for the tools of its requests.</remarks>
    public static AIFunction Traced(this AIFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return function.GetService<TracedFunction>() is null ? new TracedFunction(function) : function;
    }
}
