using System.Formats.Tar;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Storage.Sqlite;

namespace LangSmith.Server;

/// <summary>Sends a copy of everything, as it is at one moment, as a tar file. Reads and writes go on.</summary>
internal static class BackupEndpoint
{
    public static void Map(IEndpointRouteBuilder app, string dataFolder) =>
        app.MapGet("/api/v1/backup", async Task<IResult> (HttpContext context, SqliteStore store) =>
    {
        if (!context.IsAdministrator())
        {
            return Results.Problem("Only the server's own key may do this.", statusCode: StatusCodes.Status403Forbidden);
        }

        // On the same disk: it has room for the store, so mostly for its copy too.
        var copy = Path.Combine(dataFolder, $"backup-{Guid.NewGuid():N}");
        try
        {
            await store.BackUpAsync(copy, context.RequestAborted);
            CopyKeys(Path.Combine(dataFolder, LangSmithServer.KeyFolder), Path.Combine(copy, LangSmithServer.KeyFolder));
            context.Response.ContentType = "application/x-tar";
            await TarFile.CreateFromDirectoryAsync(copy, context.Response.Body, includeBaseDirectory: false, context.RequestAborted);
            return Results.Empty;
        }
        finally
        {
            if (Directory.Exists(copy))
            {
                Directory.Delete(copy, recursive: true);
            }
        }
    });

    /// <summary>The keys that signed links and sessions are made with: small files that never change.</summary>
    private static void CopyKeys(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
