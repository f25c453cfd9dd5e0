using System.Diagnostics;

namespace LangSmith.Sdk.Tests.Export;

public sealed class ProcessExitTests
{
    [Fact]
    public async Task Exit_WithoutAFlush_LosesNothing()
    {
        await using var server = await MockServer.StartAsync();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ExitProbe.dll"), "250"]) { UseShellExecute = false };
        start.Environment["LANGSMITH_TRACING"] = "true";
        start.Environment["LANGSMITH_ENDPOINT"] = server.Url.ToString();
        start.Environment["LANGSMITH_API_KEY"] = "key";

        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        Assert.Equal(250, server.AcceptedParts.Where(part => part.Name.StartsWith("post.", StringComparison.Ordinal) && part.Name.Count(c => c == '.') == 1).Count());
        Assert.Equal(250, server.AcceptedParts.Count(part => part.Name.EndsWith(".outputs", StringComparison.Ordinal)));
    }
}
