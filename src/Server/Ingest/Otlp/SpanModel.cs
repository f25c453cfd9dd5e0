using System.Text.Json.Nodes;

namespace LangSmith.Server.Ingest.Otlp;

/// <summary>Model, provider and parameters of a call: <c>extra.invocation_params</c> and the <c>ls_*</c> metadata.</summary>
internal static class SpanModel
{
    private static readonly string[] s_requestParameters =
    [
        "model", "temperature", "top_p", "top_k", "max_tokens", "frequency_penalty", "presence_penalty", "seed", "stop_sequences",
        "encoding_formats",
    ];

    public static void Read(SpanAttributes attributes, JsonObject metadata, JsonObject parameters)
    {
        Set(metadata, "ls_provider", attributes.TakeText(
            "gen_ai.provider.name", "gen_ai.system", "llm.system", "llm.provider", "ai.model.provider"));
        var model = attributes.TakeText(
            "gen_ai.request.model", "gen_ai.response.model", "model", "llm.model_name", "embedding.model_name", "ai.model.id");
        Set(metadata, "ls_model_name", model);

        foreach (var name in s_requestParameters)
        {
            Set(parameters, name, OtlpValue.Unfold(attributes.Take($"gen_ai.request.{name}")));
        }

        foreach (var (name, value) in attributes.TakeBelow("llm.request."))
        {
            Set(parameters, name, OtlpValue.Unfold(value));
        }

        if (OtlpValue.Unfold(attributes.Take("llm.invocation_parameters")) is JsonObject given)
        {
            foreach (var (name, value) in given)
            {
                Set(parameters, name, value?.DeepClone());
            }
        }

        Set(parameters, "model", model);
        Set(parameters, "tools", OtlpValue.Unfold(attributes.Take("gen_ai.tool.definitions", "llm.tools", "tools", "ai.prompt.tools")));
        Set(parameters, "tool_name", attributes.TakeText("gen_ai.tool.name", "ai.toolCall.name"));
    }

    private static void Set(JsonObject into, string name, JsonNode? value)
    {
        if (value is not null)
        {
            into.TryAdd(name, value);
        }
    }
}
