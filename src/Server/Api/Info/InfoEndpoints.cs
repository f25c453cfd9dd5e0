using System.Reflection;
using System.Text.Json.Nodes;
using LangSmith.Protocol;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Api.Info;

/// <summary>What clients ask before anything else: it decides how they talk to the server.</summary>
internal static class InfoEndpoints
{
    /// <summary>The version of hosted LangSmith's API that this server answers like; clients choose features by it.</summary>
    private const string ApiVersion = "0.18.2";

    private static readonly string s_serverVersion =
        typeof(InfoEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/info", () => JsonBody.Ok(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("version", ApiVersion);
            writer.WriteString("git_sha", s_serverVersion);
            writer.WriteString("server", "langsmith-dotnet");
            writer.WriteNull("license_expiration_time");
            writer.WriteStartObject("batch_ingest_config");
            writer.WriteBoolean("use_multipart_endpoint", true);
            writer.WriteNumber("scale_up_qsize_trigger", 1000);
            writer.WriteNumber("scale_up_nthreads_limit", 16);
            writer.WriteNumber("scale_down_nempty_trigger", 4);
            writer.WriteNumber("size_limit", WireLimits.BatchOperationsMax);
            writer.WriteNumber("size_limit_bytes", WireLimits.BatchBytesMax);
            writer.WriteEndObject();
            writer.WriteStartObject("instance_flags");
            foreach (var flag in (string[])
            [
                "zstd_compression_enabled", "gzip_body_enabled", "dataset_examples_multipart_enabled", "examples_multipart_enabled",
                "ch_query_enabled", "sdb_query_enabled",
            ])
            {
                writer.WriteBoolean(flag, true);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }));
        api.MapGet("/ok", () => JsonBody.Of(new JsonObject { ["ok"] = true }));
        // The name is that of hosted LangSmith's database: monitors watch it. Here it is the disk of the data folder.
        api.MapGet("/info/health", (IStoreRoom room) => JsonBody.Of(new JsonObject { ["ok"] = true, ["clickhouse_disk_free_pct"] = room.FreePercent }));
    }
}
