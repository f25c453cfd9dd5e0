using System.Text;
using Microsoft.Data.Sqlite;

namespace LangSmith.Server.Storage.Sqlite.Connections;

/// <summary>Reads columns in the forms in which this store keeps values.</summary>
internal static class RowReading
{
    public static Guid Id(this SqliteDataReader row, int column) => new(row.GetFieldValue<byte[]>(column), bigEndian: true);

    public static Guid? IdOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.Id(column);

    public static DateTimeOffset Time(this SqliteDataReader row, int column) => new(row.GetInt64(column), TimeSpan.Zero);

    public static DateTimeOffset? TimeOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.Time(column);

    public static string? TextOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static long? NumberOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static double? FractionOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);

    public static ReadOnlyMemory<byte> Json(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? default : Encoding.UTF8.GetBytes(row.GetString(column));
}
