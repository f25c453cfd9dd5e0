using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Packages.Tests;

/// <summary>The server as a tool from a feed, far from the repository that built it.</summary>
public sealed class ServerToolTests
{
    private const string Ready = "LangSmith server ready at ";

    [Fact]
    public async Task Tool_Installed_ServesPagesAndApiWithTheSettingsOfItsFolder()
    {
        using var folder = new NewFolder();
        await Feed.PackAsync(folder, "src/Server/Host");
        var tools = Path.Combine(folder.Path, "tools");
        await Dotnet.RunAsync(folder.Path, "tool", "install", "LangSmith.Server", "--tool-path", tools, "--configfile", "nuget.config");
        folder.Write("appsettings.json", """{ "LangSmithServer": { "Urls": "http://127.0.0.1:0", "Data": "here" } }""");

        using var process = Process.Start(new ProcessStartInfo(Path.Combine(tools, "langsmith-server"))
        {
            WorkingDirectory = folder.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.StartsWith(Ready, line ?? "", StringComparison.Ordinal);
            using var http = new HttpClient { BaseAddress = new Uri(line![Ready.Length..]) };

            Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, "/api/v1/info"));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, "/"));
            Assert.True(Directory.Exists(Path.Combine(folder.Path, "here")));

            using var signal = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
