using System.IO.Hashing;
using System.Text;
using LangSmith.Server.Domain;
using LangSmith.Server.Domain.Digest;
using LangSmith.Server.Domain.Folding;

namespace LangSmith.Server.Storage.Sqlite.Runs;

/// <summary>The hashes by which runs are found by tag and metadata. Two things may share one, so what is found is verified on the run.</summary>
internal static class RunTerm
{
    public static long Tag(WorkspaceId workspace, string tag) => Hash(workspace, 't', tag, null);

    public static long MetadataKey(WorkspaceId workspace, string key) => Hash(workspace, 'k', key, null);

    public static long MetadataValue(WorkspaceId workspace, string key, string value) => Hash(workspace, 'v', key, value);

    /// <summary>The metadata of a run may hold more than its terms say, because a digest is bounded.</summary>
    public static long MoreMetadata(WorkspaceId workspace) => Hash(workspace, 'm', "", null);

    /// <summary>All that a write says.</summary>
    public static IEnumerable<long> Of(WorkspaceId workspace, JournalEntry entry)
    {
        foreach (var tag in entry.Write.Tags ?? [])
        {
            yield return Tag(workspace, tag);
        }

        if (entry.Digest.Metadata.Count >= DigestLimits.MetadataKeysMax)
        {
            yield return MoreMetadata(workspace);
        }

        foreach (var (key, value) in entry.Digest.Metadata)
        {
            yield return MetadataKey(workspace, key);
            yield return MetadataValue(workspace, key, value);
        }
    }

    private static long Hash(WorkspaceId workspace, char kind, string text, string? value)
    {
        var hash = new XxHash64();
        hash.Append(workspace.Value.ToByteArray(bigEndian: true));
        hash.Append([(byte)kind]);
        hash.Append(Encoding.UTF8.GetBytes(text));
        if (value is not null)
        {
            hash.Append([0]);
            hash.Append(Encoding.UTF8.GetBytes(value));
        }

        return (long)hash.GetCurrentHashAsUInt64();
    }
}
