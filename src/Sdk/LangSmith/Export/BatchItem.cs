namespace LangSmith.Export;

/// <summary>One entry of a batch: an operation or feedback, exactly one of the two.</summary>
/// <param name="Operation">The operation; null for feedback.</param>
/// <param name="Feedback">The feedback; null for an operation.</param>
/// <param name="HeldBytes">What the entry counts in the queue's bound until it is settled.</param>
internal readonly record struct BatchItem(RunOperation? Operation, FeedbackOperation? Feedback, long HeldBytes)
{
    public Guid RunId => Operation?.RunId ?? Feedback!.RunId;

    /// <summary>About what the entry adds to a body.</summary>
    public long BodyBytes
    {
        get
        {
            if (Operation is not { } run)
            {
                return Feedback!.Body.Length;
            }

            // The error is counted in characters: an estimate will do for the main part's few hundred bytes.
            long bytes = 512 + run.Inputs.Length + run.Outputs.Length + run.Extra.Length + run.Events.Length + (run.Error?.Length ?? 0);
            foreach (var attachment in run.Attachments ?? [])
            {
                bytes += attachment.Content.Length;
            }

            return bytes;
        }
    }
}
