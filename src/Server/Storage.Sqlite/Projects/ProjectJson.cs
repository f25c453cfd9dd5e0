using System.Text.Json;
using System.Text.Json.Serialization;

namespace LangSmith.Server.Storage.Sqlite.Projects;

/// <summary>The JSON inside of rows of projects.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProjectDetails))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ProjectJson : JsonSerializerContext;
