using System.Text.Json;

namespace Clients.Tests.Support;

/// <summary>What came of one scenario.</summary>
/// <param name="Id">The run id it was told to use.</param>
/// <param name="Project">The project it was told to use; also the name of what else it made.</param>
/// <param name="Result">What it returned.</param>
/// <param name="Complaints">What the client wrote to its console meanwhile.</param>
internal sealed record Played(Guid Id, string Project, JsonElement Result, IReadOnlyList<string> Complaints)
{
    public JsonElement this[string name] => Result.GetProperty(name);

    public Guid Guid(string name) => Result.GetProperty(name).GetGuid();

    public string? Text(string name) => Result.GetProperty(name).GetString();

    public Guid[] Guids(string name) => [.. Result.GetProperty(name).EnumerateArray().Select(item => item.GetGuid())];

    public string?[] Texts(string name) => [.. Result.GetProperty(name).EnumerateArray().Select(item => item.GetString())];

    /// <summary>A part of the result as compact JSON, to be compared whole.</summary>
    public string Json(string name) => JsonSerializer.Serialize(Result.GetProperty(name));
}
