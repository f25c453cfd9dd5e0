using System.Text;
using SQLitePCL;

namespace LangSmith.Server.Storage.Sqlite.Connections;

/// <summary>The row at which a statement stands, read in the forms in which this store keeps values; gone with the next row.</summary>
internal readonly struct Row(sqlite3_stmt statement)
{
    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    // Most numbers are neither null nor zero, and SQLite gives zero for null: one call tells both.
    public long? NumberOrNull(int column) => Number(column) is var number && number == 0 && IsNull(column) ? null : number;

    public int Integer(int column) => checked((int)Number(column));

    public bool Truth(int column) => Number(column) != 0;

    public double Fraction(int column) => raw.sqlite3_column_double(statement, column);

    public double? FractionOrNull(int column) => Fraction(column) is var fraction && fraction == 0 && IsNull(column) ? null : fraction;

    public DateTimeOffset Time(int column) => new(Number(column), TimeSpan.Zero);

    public DateTimeOffset? TimeOrNull(int column) => NumberOrNull(column) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public Guid Id(int column) => new(raw.sqlite3_column_blob(statement, column), bigEndian: true);

    public Guid? IdOrNull(int column) => IsNull(column) ? null : Id(column);

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    /// <summary>The text as SQLite has it, in UTF-8; empty for null.</summary>
    public ReadOnlyMemory<byte> Json(int column) => Bytes(column);

    /// <summary>The text, whole: it may have zeros in it.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public object? Value(int column) => raw.sqlite3_column_type(statement, column) switch
    {
        raw.SQLITE_INTEGER => Number(column),
        raw.SQLITE_FLOAT => Fraction(column),
        raw.SQLITE_TEXT => Text(column),
        raw.SQLITE_BLOB => Bytes(column),
        _ => null,
    };
}
