using LangSmith.Server;

namespace Server.Tests.Support;

/// <summary>A server with a key, for all tests of a class; its client sends none by itself.</summary>
public sealed class GuardedServer : TestServer
{
    public const string Key = "lsv2_test_key";

    protected override Func<LangSmithServerOptions, LangSmithServerOptions> Configure() => options => options with { ApiKey = Key };
}
