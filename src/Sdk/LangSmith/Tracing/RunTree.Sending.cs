using LangSmith.Capture;
using LangSmith.Export;
using LangSmith.Tracing;

namespace LangSmith;

/// <content>How a run tells the exporter what there is to send.</content>
public sealed partial class RunTree
{
    /// <summary>The metadata key of an id that was given and not taken.</summary>
    internal const string RefusedId = "ls_invalid_run_id";

    /// <summary>The metadata key that says that a stream's consumer had seen enough before its end.</summary>
    internal const string LeftEarly = "ls_stream_left_early";

    private static readonly byte[] s_extraWithoutMetadata = ExtraOf(null, []);

    /// <summary>
    /// The run is its own lock, to save an object per call. The exporter takes it for moments only, so that application code that holds it
    /// too, against all custom, waits for nothing that waits for that code.
    /// </summary>
    private object Lock => this;

    /// <inheritdoc/>
    RunOperation? IExportableRun.TakeOperation(out long capturedBytes)
    {
        RunOperation? operation;
        lock (Lock)
        {
            capturedBytes = _announced;
            _announced = 0;
            var isCreate = !Has(RunFlags.Created);
            operation = !Has(RunFlags.AnythingNew) ? null : Snapshot(isCreate);
            _flags = (_flags | RunFlags.Created) & ~(RunFlags.Queued | RunFlags.AnythingNew);
            // Files leave once. Long-lived closures may hold the run, too: what it carried need not stay.
            _details?.Attachments?.Clear();
        }

        if (operation is not null)
        {
            operation = Tracer.Redactor.Apply(operation);
            Tracer.Queues.Copy(operation, capturedBytes);
        }

        return operation;
    }

    /// <summary>Puts a run that nobody else knows yet into the queue.</summary>
    private void EnqueueFirst()
    {
        if (IsRemote)
        {
            return;
        }

        _announced = _inputs?.Length ?? 0;
        // Marked before it is queued, because from then on the exporter may take it at any moment.
        _flags |= RunFlags.Posted | RunFlags.OtherNew | RunFlags.Queued;
        if (!Tracer.Queues.Main.TryEnqueue(this, _announced))
        {
            _flags &= ~RunFlags.Queued;
            _announced = 0;
        }
    }

    /// <summary>Sends the end, and forgets that the id is in use. Under the lock.</summary>
    private void EnqueueLast()
    {
        if (Has(RunFlags.OwnsId))
        {
            Tracer.Ids.Ended(Id);
        }

        if (Has(RunFlags.Posted))
        {
            Enqueue(_outputs?.Length ?? 0);
        }
    }

    /// <summary>Puts the run into the queue, or more bytes to the entry that is there. Under the lock.</summary>
    private void Enqueue(int bytes)
    {
        if ((_flags & (RunFlags.Traced | RunFlags.Remote)) != RunFlags.Traced)
        {
            return;
        }

        bytes = Announce(bytes);
        if (Has(RunFlags.Queued))
        {
            Tracer.Queues.Main.AddBytes(bytes);
        }
        else if (Tracer.Queues.Main.TryEnqueue(this, bytes))
        {
            _flags |= RunFlags.Queued;
        }
        else
        {
            _announced -= bytes;
        }
    }

    /// <summary>Notes bytes that the queue is told of; what is beyond 2 GB of one run is not.</summary>
    private int Announce(int bytes)
    {
        bytes = Math.Min(bytes, int.MaxValue - _announced);
        _announced += bytes;
        return bytes;
    }

    private RunOperation Snapshot(bool isCreate)
    {
        var tagsAreNew = isCreate || (Has(RunFlags.OtherNew) && _details?.Tags is not null);
        string[]? tags = tagsAreNew && (Inheritance is not null || _details is not null)
            ? [.. (Inheritance?.Tags ?? []).Union(_details?.Tags ?? [])]
            : null;
        return new RunOperation
        {
            IsCreate = isCreate,
            RunId = Id,
            TraceId = TraceId,
            DottedOrder = DottedOrder,
            ParentRunId = ParentRunId,
            Name = Name,
            RunType = RunType,
            StartTime = StartTime,
            EndTime = EndTime,
            Error = _details?.Error,
            ProjectName = ProjectName,
            ReferenceExampleId = _details?.ReferenceExampleId,
            Tags = tags is { Length: > 0 } ? tags : null,
            Inputs = Has(RunFlags.InputsNew) ? _inputs : default,
            Outputs = Has(RunFlags.OutputsNew) ? _outputs : default,
            Extra = isCreate || Has(RunFlags.ExtraNew) ? Extra() : default,
            Events = Has(RunFlags.EventsNew) ? EventsJson() : default,
            Attachments = _details?.Attachments is { Count: > 0 } files ? [.. files] : null,
        };
    }

    private OrderedMetadata MetadataOf(RunDetails? details)
    {
        var metadata = new OrderedMetadata(Inheritance?.Metadata ?? []);
        foreach (var (key, value) in details?.Metadata?.Entries ?? [])
        {
            metadata.Set(key, value);
        }

        if (details?.RefusedId is { } refused)
        {
            metadata.Set(RefusedId, refused);
        }

        return metadata;
    }

    private byte[] Extra() =>
        Tracer.Settings.HideMetadata || (Inheritance is null && _details is null or { Metadata: null, RefusedId: null })
            ? s_extraWithoutMetadata
            : ExtraOf(this, MetadataOf(_details).Entries);

    private static byte[] ExtraOf(RunTree? run, IReadOnlyList<KeyValuePair<string, object?>> metadata) =>
        ValueJson.Capture((run, metadata), static (writer, given) =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("metadata"u8);
            foreach (var (key, value) in given.metadata)
            {
                writer.WritePropertyName(key);
                given.run!.Tracer.Json.WriteValue(writer, value);
            }

            writer.WriteEndObject();
            writer.WritePropertyName("runtime"u8);
            writer.WriteRawValue(RuntimeInfo.Json, skipInputValidation: true);
            writer.WriteEndObject();
        });

    private byte[] EventsJson() => ValueJson.Capture(this, static (writer, run) =>
    {
        writer.WriteStartArray();
        foreach (var happened in run._details!.Events!)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, happened.Name);
            writer.WriteString("time"u8, happened.Time.UtcDateTime);
            if (happened.Details is { } details)
            {
                writer.WritePropertyName("kwargs"u8);
                run.Tracer.Json.WriteValue(writer, details);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });
}
