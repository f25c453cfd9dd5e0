using System.Buffers.Binary;
using System.Buffers.Text;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Api.Runs;

/// <summary>Writes places in the order of runs as opaque texts: sort key and id, so that runs added while paging neither skip nor repeat any.</summary>
internal static class RunCursor
{
    private const int Length = 24;

    public static string? Print(RunPosition? position)
    {
        if (position is not { } place)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, place.StartTime.UtcTicks);
        place.RunId.TryWriteBytes(bytes[8..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    public static RunPosition? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[Length];
        // Decoding throws at what is no base 64 at all.
        if (text.Length > 2 * Length || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out var written) || written != Length)
        {
            throw ProblemException.BadRequest("'cursor' is none that this server gave out; begin without one.");
        }

        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
            ? new RunPosition(new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes[8..], bigEndian: true))
            : throw ProblemException.BadRequest("'cursor' is none that this server gave out; begin without one.");
    }
}
