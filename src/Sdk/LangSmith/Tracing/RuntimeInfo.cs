using System.Runtime.InteropServices;
using LangSmith.Client;

namespace LangSmith.Tracing;

/// <summary>What a run says of the process that made it, under <c>extra.runtime</c>: no names of machines or users.</summary>
internal static class RuntimeInfo
{
    public static byte[] Json { get; } = Capture.ValueJson.Capture(0, static (writer, _) =>
    {
        writer.WriteStartObject();
        writer.WriteString("sdk", "langsmith-dotnet");
        writer.WriteString("sdk_version", LangSmithConnection.Version);
        writer.WriteString("library", "langsmith");
        writer.WriteString("runtime", "dotnet");
        writer.WriteString("runtime_version", Environment.Version.ToString());
        writer.WriteString("platform", RuntimeInformation.RuntimeIdentifier);
        writer.WriteEndObject();
    });
}
