using System.Text;
using System.Text.Json;
using LangSmith.Server.Domain;

namespace LangSmith.Server.Bench.Generation;

/// <summary>Runs as an SDK posts them.</summary>
internal static class RunBody
{
    private const string Boundary = "bench-boundary";

    public const string ContentType = $"multipart/form-data; boundary={Boundary}";

    public static byte[] Multipart(IEnumerable<RunWrite> runs)
    {
        using var body = new MemoryStream();
        foreach (var run in runs)
        {
            AddPart(body, $"post.{run.RunId}", JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object?>
            {
                ["id"] = run.RunId,
                ["trace_id"] = run.TraceId,
                ["parent_run_id"] = run.ParentRunId,
                ["dotted_order"] = run.DottedOrder,
                ["name"] = run.Name,
                ["run_type"] = run.RunType,
                ["start_time"] = run.StartTime,
                ["end_time"] = run.EndTime,
                ["error"] = run.Error,
                ["session_name"] = run.ProjectName,
                ["tags"] = run.Tags,
            }));
            AddPart(body, $"post.{run.RunId}.inputs", run.Inputs.Span);
            AddPart(body, $"post.{run.RunId}.outputs", run.Outputs.Span);
            AddPart(body, $"post.{run.RunId}.extra", run.Extra.Span);
        }

        body.Write(Encoding.ASCII.GetBytes($"--{Boundary}--\r\n"));
        return body.ToArray();
    }

    private static void AddPart(MemoryStream body, string name, ReadOnlySpan<byte> json)
    {
        body.Write(Encoding.ASCII.GetBytes(
            $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\nContent-Type: application/json\r\n\r\n"));
        body.Write(json);
        body.Write("\r\n"u8);
    }
}
