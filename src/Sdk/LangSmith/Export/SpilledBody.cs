namespace LangSmith.Export;

/// <summary>A body from a file.</summary>
/// <param name="File">The file.</param>
/// <param name="Path">Where it is sent.</param>
/// <param name="MediaType">What it is.</param>
/// <param name="Bytes">The body, not compressed.</param>
/// <param name="Entries">How many entries are in it.</param>
/// <param name="IsOwn">True when this process wrote it, so that its entries are counted already.</param>
internal sealed record SpilledBody(string File, string Path, string MediaType, ReadOnlyMemory<byte> Bytes, int Entries, bool IsOwn);
