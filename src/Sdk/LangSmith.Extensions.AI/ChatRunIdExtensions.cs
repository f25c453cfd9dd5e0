using LangSmith;
using LangSmith.Extensions.AI;

namespace Microsoft.Extensions.AI;

/// <summary>Gives a request a run id, and finds the run's id on the response.</summary>
public static class ChatRunIdExtensions
{
    /// <summary>Copies options and gives the copy a run id.</summary>
    /// <param name="options">The options; null makes new ones. Not changed.</param>
    /// <param name="runId">The id of the run that the next request with the copy becomes; a UUIDv7 if it can be (<c>Uuid7</c>).</param>
    /// <returns>A copy. Its id is taken by one request; a further request with the same copy gets an id of its own, and a warning says so.</returns>
    /// <remarks>
    /// The id never reaches the model's provider, and is no part of a caching client's key. Giving the same id again in a new copy is a
    /// retry: the next attempt of the same run. So is sending the same copy again after its request failed.
    /// </remarks>
    public static ChatOptions WithRunId(this ChatOptions? options, [RunId] Guid runId)
    {
        var copy = options?.Clone() ?? new ChatOptions();
        copy.AdditionalProperties = new(copy.AdditionalProperties ?? []) { [RequestRunId.Key] = RunIdTicket.Write(runId) };
        return copy;
    }

    /// <inheritdoc cref="WithRunId(ChatOptions?, Guid)"/>
    public static EmbeddingGenerationOptions WithRunId(this EmbeddingGenerationOptions? options, [RunId] Guid runId)
    {
        var copy = options?.Clone() ?? new EmbeddingGenerationOptions();
        copy.AdditionalProperties = new(copy.AdditionalProperties ?? []) { [RequestRunId.Key] = RunIdTicket.Write(runId) };
        return copy;
    }

    /// <summary>Finds the id of the run that a response belongs to.</summary>
    /// <param name="response">The response of a client with <c>UseLangSmith()</c>.</param>
    /// <returns>
    /// Null when the request was not traced, unless it asked for an id. Of several traced clients, the outermost has the word. A response
    /// that a cache above the traced client answered with belongs to the run that made it.
    /// </returns>
    public static Guid? GetLangSmithRunId(this ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        // Joining updates puts what they say on the response, or on the message that they belong to.
        return Read(response.AdditionalProperties)
            ?? response.Messages.Select(message => Read(message.AdditionalProperties)).FirstOrDefault(id => id is not null);
    }

    /// <summary>Finds the id of the run that a streamed update belongs to; the first update of a stream carries it.</summary>
    /// <param name="update">The update.</param>
    /// <returns>Null when the update does not carry it.</returns>
    public static Guid? GetLangSmithRunId(this ChatResponseUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return Read(update.AdditionalProperties);
    }

    /// <summary>Finds the id of the run that generated embeddings belong to.</summary>
    /// <param name="embeddings">The result of a generator with <c>UseLangSmith()</c>.</param>
    /// <returns>Null when the request was not traced.</returns>
    public static Guid? GetLangSmithRunId<TEmbedding>(this GeneratedEmbeddings<TEmbedding> embeddings)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        return Read(embeddings.AdditionalProperties);
    }

    /// <summary>Puts the id where a response tells it; as a text, which clients that store responses can write whatever they use for it.</summary>
    internal static AdditionalPropertiesDictionary Tell(AdditionalPropertiesDictionary? properties, Guid runId) =>
        new(properties ?? []) { [RequestRunId.Key] = runId.ToString() };

    // What was stored comes back as the store reads it, such as a JsonElement.
    private static Guid? Read(AdditionalPropertiesDictionary? properties) =>
        properties is not null && properties.TryGetValue(RequestRunId.Key, out var id) && RunId.TryParse(id?.ToString(), out var runId) ? runId : null;
}
