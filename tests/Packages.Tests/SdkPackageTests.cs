using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Packages.Tests;

/// <summary>What users get, not what the solution builds: the package from a feed, and a native program. One after the other: both build.</summary>
public sealed class SdkPackageTests
{
    private const string Program =
        """
        using System.Net;
        using LangSmith;
        using Microsoft.Extensions.DependencyInjection;

        var options = new LangSmithOptions
        {
            TracingEnabled = true,
            Endpoint = new Uri("http://localhost"),
            ApiKey = "none",
            HttpClient = new HttpClient(new Accepts()),
        };
        using var tracer = new LangSmithTracer(options);
        using var use = tracer.Use();
        var services = new ServiceCollection().AddTraced<IService, Service>();
        Console.WriteLine($"call: {Service.Current()}");
        Console.WriteLine($"options: {Service.Current(new RunOptions { Name = "given", RunId = Guid.NewGuid() })}");
        Console.WriteLine($"decorator: {services.Count} {Traceable.Decorate<IService>(new Service()).Get()}");

        public interface IService { [Traceable("decorated")] string? Get(); }

        public sealed class Service : IService
        {
            [Traceable("intercepted")] public static string? Current() => Traceable.Current?.Name;
            public string? Get() => Traceable.Current?.Name;
        }

        internal sealed class Accepts : HttpMessageHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
                Task.FromResult(new HttpResponseMessage(HttpStatusCode.Accepted) { Content = new StringContent("{}") });
        }
        """;

    // The property comes from the project here: the package must add to it.
    private const string Project =
        """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            <InterceptorsNamespaces>Mine</InterceptorsNamespaces>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="LangSmith.Sdk" Version="*" />
          </ItemGroup>
        </Project>
        """;

    [Fact]
    public async Task Package_FromAFeed_TracesAndWarns()
    {
        using var folder = new NewFolder();
        var feed = await Feed.PackAsync(folder, "src/Protocol", "src/Sdk/LangSmith");

        using (var package = ZipFile.OpenRead(Directory.GetFiles(feed, "LangSmith.Sdk.*.nupkg").Single()))
        {
            Assert.Equal(
                ["analyzers/dotnet/cs/LangSmith.CodeFixes.dll", "analyzers/dotnet/cs/LangSmith.Generators.dll"],
                package.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("analyzers/", StringComparison.Ordinal)).Order());
        }

        folder.Write("Consumer.csproj", Project);
        folder.Write("Program.cs", Program);
        var built = await Dotnet.RunAsync(folder.Path, "build", "-v", "q", "--nologo", "-p:RestorePackagesPath=" + Path.Combine(folder.Path, "packages"));
        var said = await Dotnet.RunAsync(folder.Path, Path.Combine(folder.Path, "bin", "Debug", "net10.0", "Consumer.dll"));

        Assert.Equal(["call: intercepted", "options: given", "decorator: 2 decorated"], said.Trim().ReplaceLineEndings("\n").Split('\n'));
        // The analyzers came along, and have nothing else to say.
        Assert.Equal(["LS0001"], Regex.Matches(built, @"warning (\w+):").Select(match => match.Groups[1].Value).Distinct());
    }

    [Fact]
    public async Task NativeProgram_Published_TracesWithoutOneWarning()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/gcc"), "Linking a native program needs gcc.");
        using var folder = new NewFolder();

        var published = await Dotnet.RunAsync(
            Dotnet.Root, "publish", "tests/Aot.App", "-c", Dotnet.Configuration, "--use-current-runtime", "-o", folder.Path, "-v", "q", "--nologo");
        var (code, said) = await Dotnet.StartAsync(Path.Combine(folder.Path, "Aot.App"), folder.Path);

        Assert.DoesNotMatch(@"\bIL\d{4}\b", published);
        Assert.True(code == 0, said);
        Assert.Contains("dynamic code: False", said, StringComparison.Ordinal);
    }
}
