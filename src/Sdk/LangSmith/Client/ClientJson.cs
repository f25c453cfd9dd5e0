using System.Text.Json;
using System.Text.Json.Serialization;

namespace LangSmith.Client;

/// <summary>How answers are read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(RunPage))]
[JsonSerializable(typeof(FeedbackRecord))]
[JsonSerializable(typeof(IReadOnlyList<FeedbackRecord>))]
[JsonSerializable(typeof(ProjectRecord))]
[JsonSerializable(typeof(IReadOnlyList<ProjectRecord>))]
[JsonSerializable(typeof(FeedbackToken))]
[JsonSerializable(typeof(DatasetRecord))]
[JsonSerializable(typeof(IReadOnlyList<DatasetRecord>))]
[JsonSerializable(typeof(ExampleRecord))]
[JsonSerializable(typeof(IReadOnlyList<ExampleRecord>))]
[JsonSerializable(typeof(ExamplesAnswer))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ClientJson : JsonSerializerContext;
