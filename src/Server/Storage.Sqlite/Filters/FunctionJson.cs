using System.Text.Json.Serialization;

namespace LangSmith.Server.Storage.Sqlite.Filters;

/// <summary>The JSON that SQL functions return.</summary>
[JsonSerializable(typeof(IEnumerable<string[]>))]
internal sealed partial class FunctionJson : JsonSerializerContext;
