using System.Globalization;
using System.Security;
using Microsoft.Extensions.Logging;

namespace LangSmith.Export;

/// <summary>Keeps bodies that could not be delivered in files until the server answers again, in this process or a later one.</summary>
/// <remarks>A file is a line with path and media type, then the body. Files are readable by their owner only: prompts are in them.</remarks>
internal sealed class SpillFolder(string directory, long bytesMax, ILogger logger)
{
    private const string Extension = ".spill";
    private const string PartialExtension = ".part";

    private readonly object _lock = new();
    private readonly HashSet<string> _own = [];

    /// <summary>Writes a body; false when the folder is full or cannot be written.</summary>
    public bool TryWrite(RequestBody body, int entries)
    {
        lock (_lock)
        {
            try
            {
                Create();
                if (Files().Sum(file => file.Length) + body.Count > bytesMax)
                {
                    var bound = bytesMax.ToString("N0", CultureInfo.InvariantCulture);
                    Log.SpillFailed(logger, $"{directory} would hold more than SpillBytesMax of {bound} bytes", null);
                    return false;
                }

                var path = Path.Combine(directory, $"{Uuid7.NewGuid():N}-{entries.ToString(CultureInfo.InvariantCulture)}{Extension}");
                // Whole or not at all: a process that dies here leaves a part that nobody sends.
                WriteFile(path + PartialExtension, body);
                File.Move(path + PartialExtension, path);
                _own.Add(path);
                Log.Spilled(logger, entries, path);
                return true;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SecurityException or NotSupportedException)
            {
                Log.SpillFailed(logger, $"{directory} cannot be written", exception);
                return false;
            }
        }
    }

    /// <summary>The bodies that wait, oldest first; one that cannot be read is left alone and said.</summary>
    public IEnumerable<SpilledBody> Read()
    {
        FileInfo[] files;
        lock (_lock)
        {
            files = Directory.Exists(directory) ? [.. Files().OrderBy(file => file.Name, StringComparer.Ordinal)] : [];
        }

        foreach (var file in files)
        {
            if (TryRead(file) is { } body)
            {
                yield return body;
            }
        }
    }

    /// <summary>Forgets a body whose fate is known.</summary>
    public void Delete(SpilledBody body)
    {
        lock (_lock)
        {
            _own.Remove(body.File);
            try
            {
                File.Delete(body.File);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Log.SpillUnreadable(logger, body.File, exception);
            }
        }
    }

    private SpilledBody? TryRead(FileInfo file)
    {
        try
        {
            var bytes = File.ReadAllBytes(file.FullName);
            var line = bytes.AsSpan().IndexOf((byte)'\n');
            var header = System.Text.Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Max(line, 0))).Split('\t');
            var dash = file.Name.LastIndexOf('-');
            var number = file.Name.AsSpan(dash + 1, file.Name.Length - dash - 1 - Extension.Length);
            if (header.Length == 2 && int.TryParse(number, CultureInfo.InvariantCulture, out var entries))
            {
                lock (_lock)
                {
                    return new SpilledBody(file.FullName, header[0], header[1], bytes.AsMemory(line + 1), entries, _own.Contains(file.FullName));
                }
            }

            Log.SpillUnreadable(logger, file.FullName, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.SpillUnreadable(logger, file.FullName, exception);
        }

        return null;
    }

    private void Create()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private IEnumerable<FileInfo> Files() => new DirectoryInfo(directory).EnumerateFiles("*" + Extension);

    private static void WriteFile(string path, RequestBody body)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(System.Text.Encoding.UTF8.GetBytes($"{body.Path}\t{body.MediaType}\n"));
        file.Write(body.Bytes);
        file.Flush(flushToDisk: true);
    }
}
