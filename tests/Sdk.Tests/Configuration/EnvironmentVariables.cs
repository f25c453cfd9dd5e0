namespace LangSmith.Sdk.Tests.Configuration;

/// <summary>Tests that change the process's environment run alone.</summary>
[CollectionDefinition(nameof(EnvironmentVariables), DisableParallelization = true)]
public sealed class EnvironmentVariables
{
    /// <summary>Makes these the only LangSmith variables until the result is disposed of.</summary>
    public static IDisposable Only(params (string Name, string Value)[] variables)
    {
        var before = Ours().ToDictionary(name => name, Environment.GetEnvironmentVariable);
        Clear();
        foreach (var (name, value) in variables)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        return new Restoration(before);
    }

    private static string[] Ours() =>
        [.. Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => name.StartsWith("LANGSMITH_", StringComparison.Ordinal) || name.StartsWith("LANGCHAIN_", StringComparison.Ordinal))];

    private static void Clear()
    {
        foreach (var name in Ours())
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    private sealed class Restoration(Dictionary<string, string?> before) : IDisposable
    {
        public void Dispose()
        {
            Clear();
            foreach (var (name, value) in before)
            {
                Environment.SetEnvironmentVariable(name, value);
            }
        }
    }
}
