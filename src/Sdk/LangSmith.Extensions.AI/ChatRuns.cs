using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace LangSmith.Extensions.AI;

/// <summary>Starts and ends the runs of chat requests.</summary>
/// <remarks>
/// Names and shapes as <c>wrapOpenAI</c> and <c>wrapAISDK</c> of langsmith 0.12.0 send them (2026-11): the model as <c>ls_*</c> metadata,
/// the request's other parameters as <c>ls_invocation_params</c>, the usage in the outputs and the metadata.
/// </remarks>
internal static class ChatRuns
{
    public static RunTree Start(
        LangSmithClientOptions client, ChatClientMetadata? about, bool isModelCall, IReadOnlyCollection<ChatMessage> messages, ChatOptions? options)
    {
        var model = options?.ModelId ?? about?.DefaultModelId;
        var run = Traceable.StartRun(
            client.Name ?? (about?.ProviderName is { Length: > 0 } provider ? $"{provider} chat" : "chat"),
            RequestRuns.Options(client, isModelCall ? "llm" : "chain", options?.AdditionalProperties));
        if (!run.IsTraced)
        {
            return run;
        }

        var inputs = new JsonObject { ["messages"] = ChatMessageJson.ToJson(messages) };
        if (ChatOptionsJson.Tools(options) is { } tools)
        {
            inputs["tools"] = tools;
        }

        if (options?.Instructions is { Length: > 0 } instructions)
        {
            inputs["instructions"] = instructions;
        }

        run.SetInputs(inputs);
        Describe(run, about, isModelCall, model, options);
        return run;
    }

    public static void End(RunTree run, bool isModelCall, ChatResponse response)
    {
        if (!run.IsTraced || run.EndTime is not null)
        {
            return;
        }

        var outputs = new JsonObject { ["messages"] = ChatMessageJson.ToJson(response.Messages) };
        if (response.FinishReason is { } reason)
        {
            outputs["finish_reason"] = reason.Value;
        }

        if (response.ModelId is { } model)
        {
            outputs["model"] = model;
        }

        // A conversation repeats what its model calls used: said there, it would be counted twice.
        if (isModelCall && UsageJson.ToJson(response.Usage) is { } usage)
        {
            run.AddMetadata("usage_metadata", usage.DeepClone());
            outputs["usage_metadata"] = usage;
        }

        run.End(outputs);
    }

    private static void Describe(RunTree run, ChatClientMetadata? about, bool isModelCall, string? model, ChatOptions? options)
    {
        if (options?.ConversationId is { Length: > 0 } thread)
        {
            run.AddMetadata("thread_id", thread);
        }

        if (!isModelCall)
        {
            return;
        }

        run.AddMetadata("ls_model_type", "chat");
        RequestRuns.AddIfGiven(run, "ls_provider", about?.ProviderName?.ToLowerInvariant());
        RequestRuns.AddIfGiven(run, "ls_model_name", model);
        RequestRuns.AddIfGiven(run, "ls_temperature", options?.Temperature);
        RequestRuns.AddIfGiven(run, "ls_max_tokens", options?.MaxOutputTokens);
        RequestRuns.AddIfGiven(run, "ls_stop", ChatOptionsJson.Stop(options));
        var others = ChatOptionsJson.Parameters(options, model: null);
        foreach (var told in (ReadOnlySpan<string>)["temperature", "max_tokens", "stop"])
        {
            others.Remove(told);
        }

        RequestRuns.AddIfGiven(run, "ls_invocation_params", others.Count == 0 ? null : others);
    }
}
