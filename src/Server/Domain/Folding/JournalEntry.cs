using LangSmith.Server.Domain.Digest;

namespace LangSmith.Server.Domain.Folding;

/// <summary>A write as the journal of its run keeps it.</summary>
/// <param name="Sequence">Its place in the server's order of acknowledgement, unique in the store.</param>
/// <param name="Write">The write; its payloads may be left out, because the digest says which it had.</param>
/// <param name="Digest">What the payloads say.</param>
public sealed record JournalEntry(long Sequence, RunWrite Write, PayloadDigest Digest);
