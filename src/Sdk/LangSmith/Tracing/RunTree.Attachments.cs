using LangSmith.Tracing;

namespace LangSmith;

/// <content>The files of a run.</content>
public sealed partial class RunTree
{
    /// <summary>Adds a file.</summary>
    /// <param name="name">Its name, unique in the run; dots become underscores, because the wire separates names by them.</param>
    /// <param name="mimeType">Its media type, such as <c>image/png</c>.</param>
    /// <param name="content">Its bytes; not copied, so they must not be changed afterwards.</param>
    public void Attach(string name, string mimeType, ReadOnlyMemory<byte> content)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(mimeType);
        Attach(new RunAttachment(name, mimeType, content));
    }

    /// <summary>Adds a file.</summary>
    /// <param name="attachment">The file; dots in its name become underscores.</param>
    public void Attach(RunAttachment attachment)
    {
        ArgumentNullException.ThrowIfNull(attachment);
        var file = attachment with { Name = attachment.Name.Replace('.', '_') };
        Add(RunFlags.OtherNew, details =>
        {
            details.Attachments ??= [];
            details.Attachments.RemoveAll(other => other.Name == file.Name);
            details.Attachments.Add(file);
        });
    }

    /// <summary>Adds what a stream yields as a file; read at once.</summary>
    /// <param name="name">Its name, unique in the run.</param>
    /// <param name="mimeType">Its media type.</param>
    /// <param name="content">Read to its end; not disposed of.</param>
    public void Attach(string name, string mimeType, Stream content)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (!IsTraced)
        {
            return;
        }

        try
        {
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            Attach(name, mimeType, bytes.ToArray());
        }
        catch (Exception)
        {
            // Border: streams of the application, and those below them, may throw anything.
            Log.AttachmentLeftOut(Tracer.Logger, Id, "its stream cannot be read");
        }
    }

    /// <summary>Adds a file from the disk, if <see cref="LangSmithOptions.AllowFileAttachments"/> allows it.</summary>
    /// <param name="name">Its name, unique in the run.</param>
    /// <param name="mimeType">Its media type.</param>
    /// <param name="path">Where it is; read at once.</param>
    public void AttachFile(string name, string mimeType, string path)
    {
        if (!Tracer.AllowFileAttachments)
        {
            Log.AttachmentLeftOut(Tracer.Logger, Id, "files may not be attached unless LangSmithOptions.AllowFileAttachments is true");
            return;
        }

        try
        {
            Attach(name, mimeType, File.ReadAllBytes(path));
        }
        catch (Exception)
        {
            // Border: a path of the application, with whatever may be wrong about it.
            Log.AttachmentLeftOut(Tracer.Logger, Id, "its file cannot be read");
        }
    }
}
