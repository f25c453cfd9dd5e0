using LangSmith.Export;
using LangSmith.Tracing;

namespace LangSmith;

/// <content>What a run is given while it goes on.</content>
public sealed partial class RunTree
{
    private static readonly byte[] s_empty = "{}"u8.ToArray();

    /// <summary>Records what went in.</summary>
    /// <param name="inputs">An object or dictionary is recorded as it is, any other value under <c>input</c>.</param>
    public void SetInputs(object? inputs)
    {
        if (IsTraced)
        {
            SetInputsJson(InputsOf(inputs));
        }
    }

    /// <summary>Records what came out, before the end or after it.</summary>
    /// <param name="outputs">An object or dictionary is recorded as it is, any other value under <c>output</c>.</param>
    public void SetOutputs(object? outputs)
    {
        if (OutputsOf(outputs) is { } json)
        {
            SetOutputsJson(json);
        }
    }

    /// <summary>Adds a tag.</summary>
    public void AddTag(string tag) => AddTags(tag);

    /// <summary>Adds tags; those that are there already are not added again.</summary>
    public void AddTags(params string[] tags) => AddTags((IEnumerable<string>)tags);

    /// <inheritdoc cref="AddTags(string[])"/>
    public void AddTags(IEnumerable<string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        Add(RunFlags.OtherNew, details => details.Tags = [.. (details.Tags ?? []).Union(tags)]);
    }

    /// <summary>Adds metadata; a key that is there already gets the new value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; captured now.</param>
    public void AddMetadata(string key, object? value)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!IsTraced)
        {
            return;
        }

        var frozen = Inheritance.Frozen(value, Tracer.Json);
        Add(RunFlags.ExtraNew, details =>
        {
            details.Metadata ??= new OrderedMetadata([]);
            details.Metadata.Value.Set(key, frozen);
        });
    }

    /// <summary>Adds metadata.</summary>
    public void AddMetadata(IReadOnlyDictionary<string, object?> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        foreach (var (key, value) in metadata)
        {
            AddMetadata(key, value);
        }
    }

    /// <summary>Records what a model call used, as <c>usage_metadata</c> in the metadata, from where servers count tokens and costs.</summary>
    /// <param name="usage">Tokens and costs; what is null is not known.</param>
    public void SetUsage(RunUsage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        AddMetadata("usage_metadata", usage.ToMetadata());
    }

    /// <summary>Notes that something happened, now.</summary>
    /// <param name="name">What; <c>new_token</c> marks a token of a model's answer.</param>
    /// <param name="details">Further details; captured now. Null for none.</param>
    /// <param name="time">When; null for now.</param>
    public void AddEvent(string name, object? details = null, DateTimeOffset? time = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsTraced)
        {
            return;
        }

        var happened = new RunEvent(name, time ?? Tracer.Time.GetUtcNow()) { Details = details is null ? null : Inheritance.Frozen(details, Tracer.Json) };
        Add(RunFlags.EventsNew, own => (own.Events ??= []).Add(happened));
    }

    /// <summary>Judges the run; sent in the background, after the run.</summary>
    /// <param name="key">What is judged, such as <c>user_score</c>.</param>
    /// <param name="score">A number, or null.</param>
    /// <param name="value">A value of another kind, such as a grade, or null.</param>
    /// <param name="comment">A text, or null.</param>
    /// <param name="feedbackId">The feedback's id, of your choosing; null for a fresh one.</param>
    /// <returns>The feedback's id.</returns>
    public Guid AddFeedback(string key, double? score = null, object? value = null, string? comment = null, Guid? feedbackId = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        var feedback = new FeedbackDraft { Key = key, Score = score, Value = value, Comment = comment, Id = feedbackId ?? Uuid7.NewGuid() };
        if (IsTraced)
        {
            Tracer.Send(feedback, Id, TraceId);
        }

        return feedback.Id;
    }

    internal void SetInputsJson(byte[] json)
    {
        lock (Lock)
        {
            _inputs = json;
            Mark(RunFlags.InputsNew, json.Length);
        }
    }

    internal void SetOutputsJson(byte[] json)
    {
        lock (Lock)
        {
            TakeOutputs(json);
        }
    }

    /// <summary>The outputs as JSON; null when they are not recorded.</summary>
    private byte[]? OutputsOf<T>(T outputs) =>
        !IsTraced ? null
        : Tracer.Settings.HideOutputs ? s_empty
        : Tracer.Json.CaptureObject(outputs, "output");

    /// <summary>The inputs as JSON.</summary>
    internal byte[] InputsOf(object? inputs) => Tracer.Settings.HideInputs ? s_empty : Tracer.Json.CaptureObject(inputs, "input");

    /// <summary>Takes what came out; after the end it is sent by itself. Under the lock.</summary>
    private void TakeOutputs(byte[] json)
    {
        _outputs = json;
        Mark(RunFlags.OutputsNew, 0);
        if (Has(RunFlags.Ended) && Has(RunFlags.Posted))
        {
            Enqueue(json.Length);
        }
    }

    private void Add(RunFlags what, Action<RunDetails> add)
    {
        if (!IsTraced)
        {
            return;
        }

        lock (Lock)
        {
            add(Details());
            Mark(what, 0);
            if (Has(RunFlags.Ended) && Has(RunFlags.Posted))
            {
                Enqueue(0);
            }
        }
    }

    /// <summary>Notes that something new is to be sent; the run's end sends it, or whoever takes the run before.</summary>
    private void Mark(RunFlags what, int bytes)
    {
        _flags |= what;
        if (bytes > 0 && Has(RunFlags.Queued))
        {
            Tracer.Queues.Main.AddBytes(Announce(bytes));
        }
    }

    private RunDetails Details() => _details ??= new RunDetails();

    private T Read<T>(Func<RunDetails?, T> read)
    {
        lock (Lock)
        {
            return read(_details);
        }
    }
}
