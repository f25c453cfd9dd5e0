namespace LangSmith.Tracing;

/// <summary>Files among the arguments of a traced call: they travel beside the inputs, not in them.</summary>
internal static class ArgumentFiles
{
    /// <summary>Attaches an argument that is a file, or a collection of them.</summary>
    /// <returns>False when the argument is neither, so that it belongs to the inputs.</returns>
    public static bool TryAttach(RunTree run, object? argument)
    {
        switch (argument)
        {
            case RunAttachment file:
                Attach(run, file);
                return true;
            case IReadOnlyCollection<RunAttachment?> files:
                foreach (var file in files)
                {
                    Attach(run, file);
                }

                return true;
            case IEnumerable<RunAttachment?>:
                // Reading it here would take the files from the application, or make them twice.
                Log.AttachmentLeftOut(run.Tracer.Logger, run.Id, "a sequence that is no collection is not read");
                return true;
            default:
                return false;
        }
    }

    private static void Attach(RunTree run, RunAttachment? file)
    {
        if (file is null || run.Tracer.Settings.HideInputs)
        {
            return;
        }

        if (string.IsNullOrEmpty(file.Name) || string.IsNullOrEmpty(file.MimeType))
        {
            Log.AttachmentLeftOut(run.Tracer.Logger, run.Id, "it has no name or no media type");
            return;
        }

        run.Attach(file);
    }
}
