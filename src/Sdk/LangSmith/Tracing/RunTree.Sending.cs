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

    private long _announced;

    /// <inheritdoc/>
    RunOperation? IExportableRun.TakeOperation(out long capturedBytes)
    {
        RunOperation? operation;
        lock (_lock)
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

    /// <summary>Puts the run into the queue, or more bytes to the entry that is there. Under the lock.</summary>
    private void Enqueue(int bytes)
    {
        if ((_flags & (RunFlags.Traced | RunFlags.Remote)) != RunFlags.Traced)
        {
            return;
        }

        _announced += bytes;
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

    private RunOperation Snapshot(bool isCreate)
    {
        var tagsAreNew = isCreate || (Has(RunFlags.OtherNew) && _details?.Tags is not null);
        string[]? tags = tagsAreNew ? [.. (Inheritance?.Tags ?? []).Union(_details?.Tags ?? [])] : null;
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

        if (_refusedId is not null)
        {
            metadata.Set(RefusedId, _refusedId);
        }

        return metadata;
    }

    private byte[] Extra() => ValueJson.Capture(this, static (writer, run) =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("metadata"u8);
        if (!run.Tracer.Settings.HideMetadata)
        {
            foreach (var (key, value) in run.MetadataOf(run._details).Entries)
            {
                writer.WritePropertyName(key);
                run.Tracer.Json.WriteValue(writer, value);
            }
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
