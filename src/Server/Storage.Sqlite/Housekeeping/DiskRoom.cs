namespace LangSmith.Server.Storage.Sqlite.Housekeeping;

/// <summary>The room on the disk of the data folder.</summary>
internal sealed class DiskRoom(string folder) : IStoreRoom
{
    public double? FreePercent
    {
        get
        {
            try
            {
                var drive = new DriveInfo(Path.GetFullPath(folder));
                return 100d * drive.AvailableFreeSpace / drive.TotalSize;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
            {
                return null;
            }
        }
    }
}
