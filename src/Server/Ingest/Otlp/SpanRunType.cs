using LangSmith.Protocol;

namespace LangSmith.Server.Ingest.Otlp;

/// <summary>The run type of a span, by the conventions that say one, the most specific first.</summary>
internal static class SpanRunType
{
    public static string Of(SpanAttributes attributes, string spanName) =>
        Known(attributes.TakeText("langsmith.span.kind"))
        ?? Operation(attributes.TakeText("gen_ai.operation.name"))
        ?? Request(attributes.TakeText("llm.request.type"))
        ?? Kind(attributes.TakeText("openinference.span.kind"))
        ?? Kind(attributes.TakeText("traceloop.span.kind"))
        ?? VercelOperation(attributes.TakeText("ai.operationId", "operation.name") ?? spanName)
        ?? (attributes.Peek("gen_ai.tool.name") is not null ? RunTypes.Tool : null)
        ?? (attributes.Peek("llm.prompt_template.variables") is not null ? RunTypes.Prompt : null)
        ?? RunTypes.Chain;

    private static string? Known(string? text) => text is not null && RunTypes.All.TryGetValue(text, out var known) ? known : null;

    private static string? Operation(string? name) => name switch
    {
        "chat" or "completion" or "text_completion" or "generate_content" => RunTypes.Llm,
        "embeddings" or "embedding" => RunTypes.Embedding,
        "execute_tool" => RunTypes.Tool,
        "invoke_agent" or "create_agent" => RunTypes.Chain,
        _ => null,
    };

    private static string? Request(string? type) => type switch
    {
        null => null,
        "embedding" => RunTypes.Embedding,
        _ => RunTypes.Llm,
    };

    private static string? Kind(string? kind) => kind?.ToLowerInvariant() switch
    {
        null => null,
        "tool" or "llm" or "retriever" or "embedding" => kind.ToLowerInvariant(),
        _ => RunTypes.Chain,
    };

    // Only the inner ".do..." spans are model calls; the outer ones wrap them and repeat their usage.
    private static string? VercelOperation(string operation) => operation.Split(' ')[0] switch
    {
        "ai.generateText.doGenerate" or "ai.streamText.doStream" or "ai.generateObject.doGenerate" or "ai.streamObject.doStream"
            => RunTypes.Llm,
        "ai.toolCall" => RunTypes.Tool,
        "ai.embed.doEmbed" or "ai.embedMany.doEmbed" => RunTypes.Embedding,
        _ => null,
    };
}
