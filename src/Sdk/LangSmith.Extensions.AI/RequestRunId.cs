using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace LangSmith.Extensions.AI;

/// <summary>The run id that a request carries in its additional properties: it counts once, whoever copies the options.</summary>
/// <remarks>
/// <para>
/// A function-invocation loop sends the same options, or shallow copies of them, for each model call. The value is the same object in
/// every copy, so remembering that object tells a repetition from a new request that asks for the same id again.
/// </para>
/// <para>
/// A request that failed gives its id back: whatever sends it again, a retrying client above or the application, is at the next attempt of
/// the same run.
/// </para>
/// </remarks>
internal sealed class RequestRunId
{
    /// <summary>The key in the additional properties of requests and responses.</summary>
    public const string Key = "langsmith_run_id";

    private static readonly ConditionalWeakTable<object, RequestRunId> s_known = [];

    private readonly object _given;
    private readonly WeakReference<object> _properties;
    private bool _isTaken;

    private RequestRunId(object given, AdditionalPropertiesDictionary properties)
    {
        _given = given;
        _properties = new WeakReference<object>(properties);
        var id = given as Guid? ?? RunIdTicket.Read(given);
        // A text is taken as it is, whether it is a good id or not: a bad id never stops the request, the run says what was given.
        Options = new RunOptions { RunId = id, RunIdText = id is null ? given.ToString() : null };
    }

    /// <summary>Gives the id to the first run that is started with a copy of it; a second one is told that it comes too late.</summary>
    public RunOptions Options { get; }

    /// <summary>Takes the id of a request.</summary>
    /// <param name="properties">The request's additional properties.</param>
    /// <param name="goesOn">Whether the request hands in results of tools, so that it may be a later step of an earlier request.</param>
    /// <returns>Null when it carries none, or a run has it of which this is a later step.</returns>
    public static RequestRunId? Take(AdditionalPropertiesDictionary? properties, bool goesOn)
    {
        if (properties is null || !properties.TryGetValue(Key, out var given) || given is null)
        {
            return null;
        }

        var id = s_known.GetValue(given, value => new RequestRunId(value, properties));
        if (id._isTaken && goesOn)
        {
            return null;
        }

        // One text may be in several requests, which then all ask for it; a boxed id is of one WithRunId or one assignment.
        if (id._isTaken && given is string && !(id._properties.TryGetTarget(out var first) && ReferenceEquals(first, properties)))
        {
            id = Replace(given, properties);
        }

        id._isTaken = true;
        return id;
    }

    /// <summary>Lets the next request with the same value have the id.</summary>
    public void GiveBack() => s_known.Remove(_given);

    private static RequestRunId Replace(object given, AdditionalPropertiesDictionary properties)
    {
        var id = new RequestRunId(given, properties);
        s_known.AddOrUpdate(given, id);
        return id;
    }
}
