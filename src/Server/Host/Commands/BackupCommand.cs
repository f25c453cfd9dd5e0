using System.CommandLine;

namespace LangSmith.Server.Commands;

/// <summary>Copies everything that a running server keeps into one file.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "The tar file to write; it must not be there yet." };
        var connection = new ServerConnection();
        var command = new Command(
            "backup", "Copies everything that a running server keeps, as it is at one moment. Unpack it into an empty folder to restore.") { file };
        connection.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var target = parsed.GetValue(file)!;
            if (target.Exists)
            {
                await Console.Error.WriteLineAsync($"{target.FullName} is there already; a backup overwrites nothing.");
                return 1;
            }

            return await connection.SendAsync(
                parsed, HttpMethod.Get, "/api/v1/backup", null, response => SaveAsync(response, target, cancellationToken), cancellationToken);
        });
        return command;
    }

    private static async Task SaveAsync(HttpResponseMessage response, FileInfo target, CancellationToken cancellationToken)
    {
        // A backup that broke off must not look like one.
        var partial = $"{target.FullName}.partial";
        try
        {
            await using (var stream = new FileStream(partial, FileMode.Create))
            {
                await response.Content.CopyToAsync(stream, cancellationToken);
                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, target.FullName);
            await Console.Error.WriteLineAsync($"Wrote {target.FullName}.");
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
