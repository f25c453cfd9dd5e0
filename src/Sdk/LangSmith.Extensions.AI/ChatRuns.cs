using Microsoft.Extensions.AI;

namespace LangSmith.Extensions.AI;

/// <summary>What the runs of chat requests say.</summary>
/// <remarks>
/// Names and shapes as <c>wrapOpenAI</c> and <c>wrapAISDK</c> of langsmith 0.12.0 send them (2026-11): the model as <c>ls_*</c> metadata,
/// the request's other parameters as <c>ls_invocation_params</c>, the usage in the outputs and the metadata.
/// </remarks>
internal static class ChatRuns
{
    public static RequestRun Start(
        LangSmithClientOptions client, ChatClientMetadata? about, bool isModelCall, IReadOnlyCollection<ChatMessage> messages, ChatOptions? options)
    {
        var request = RequestRun.Start(
            client,
            about?.ProviderName is { Length: > 0 } provider ? $"{provider} chat" : "chat",
            isModelCall ? "llm" : "chain",
            options?.AdditionalProperties,
            goesOn: messages.LastOrDefault()?.Contents.OfType<FunctionResultContent>().Any() is true);
        request.Record(run => run.SetInputs(Inputs(messages, options)));
        request.Record(run => RunMetadata.AddThread(run, options?.ConversationId));
        if (isModelCall)
        {
            request.Record(run => DescribeModel(run, about, options));
        }

        return request;
    }

    /// <summary>Records what came, all of it or what there is when the stream breaks off.</summary>
    public static void SetOutputs(RunTree run, bool isModelCall, ChatResponse response)
    {
        var outputs = new Dictionary<string, object?> { ["messages"] = ChatMessageJson.ToJson(response.Messages) };
        if (response.ResponseId is { } id)
        {
            outputs["id"] = id;
        }

        if (response.FinishReason is { } reason)
        {
            outputs["finish_reason"] = reason.Value;
        }

        if (response.ModelId is { } model)
        {
            outputs["model"] = model;
        }

        RunMetadata.AddThread(run, response.ConversationId);
        // A conversation repeats what its model calls used: said there, it would be counted twice.
        if (isModelCall)
        {
            RunMetadata.AddUsage(run, outputs, response.Usage);
            if (!run.Metadata.ContainsKey("ls_model_name"))
            {
                RunMetadata.AddIfGiven(run, "ls_model_name", response.ModelId);
            }
        }

        run.SetOutputs(outputs);
    }

    private static Dictionary<string, object?> Inputs(IReadOnlyCollection<ChatMessage> messages, ChatOptions? options)
    {
        var inputs = new Dictionary<string, object?> { ["messages"] = ChatMessageJson.ToJson(messages) };
        if (ChatOptionsJson.Tools(options) is { } tools)
        {
            inputs["tools"] = tools;
        }

        if (options?.Instructions is { Length: > 0 } instructions)
        {
            inputs["instructions"] = instructions;
        }

        return inputs;
    }

    private static void DescribeModel(RunTree run, ChatClientMetadata? about, ChatOptions? options)
    {
        run.AddMetadata("ls_model_type", "chat");
        RunMetadata.AddIfGiven(run, "ls_provider", about?.ProviderName?.ToLowerInvariant());
        RunMetadata.AddIfGiven(run, "ls_model_name", options?.ModelId ?? about?.DefaultModelId);
        RunMetadata.AddIfGiven(run, "ls_temperature", options?.Temperature);
        RunMetadata.AddIfGiven(run, "ls_max_tokens", options?.MaxOutputTokens);
        RunMetadata.AddIfGiven(run, "ls_stop", options?.StopSequences is { Count: > 0 } stop ? stop : null);
        var others = ChatOptionsJson.OtherParameters(options);
        RunMetadata.AddIfGiven(run, "ls_invocation_params", others.Count == 0 ? null : others);
    }
}
