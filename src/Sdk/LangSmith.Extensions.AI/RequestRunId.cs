using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace LangSmith.Extensions.AI;

/// <summary>The run id that a request carries in its additional properties: taken once, whoever copies the options.</summary>
/// <remarks>
/// A function-invocation loop sends the same options, or shallow copies of them, for each model call. The boxed id is the same object in
/// every copy, so remembering that object tells a repetition from a new request that asks for the same id again (a retry).
/// </remarks>
internal static class RequestRunId
{
    /// <summary>The key in the additional properties of requests and responses.</summary>
    public const string Key = "langsmith_run_id";

    private static readonly ConditionalWeakTable<object, object> s_taken = [];

    /// <summary>Takes the id: a Guid or a text, whether it is a good id or not; null when there is none or another call had it.</summary>
    public static object? Take(AdditionalPropertiesDictionary? properties) =>
        properties is not null && properties.TryGetValue(Key, out var id) && id is not null && s_taken.TryAdd(id, id) ? id : null;
}
