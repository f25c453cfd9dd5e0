using System.Runtime.CompilerServices;
using System.Text;

namespace Generators.Tests.Testing;

/// <summary>Compares text that people read with a file beside the test; <c>SNAPSHOT_ACCEPT=1</c> writes the file, to be reviewed in git.</summary>
internal static class Snapshot
{
    private static readonly bool s_accepts = Environment.GetEnvironmentVariable("SNAPSHOT_ACCEPT") == "1";

    /// <summary>Compares with <c>Snapshots/NAME.txt</c> in the folder of the calling test.</summary>
    public static void Match(string actual, string name, [CallerFilePath] string test = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(test)!, "Snapshots", name + ".txt");
        var text = actual.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (s_accepts)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
            return;
        }

        Assert.True(File.Exists(path), $"There is no snapshot {path}. Look at this, then accept it with SNAPSHOT_ACCEPT=1:\n{text}");
        var expected = File.ReadAllText(path).ReplaceLineEndings("\n");
        Assert.True(expected == text, $"{path} differs; accept with SNAPSHOT_ACCEPT=1.\n{FirstDifference(expected, text)}");
    }

    private static string FirstDifference(string expected, string actual)
    {
        var wanted = expected.Split('\n');
        var got = actual.Split('\n');
        var line = 0;
        while (line < wanted.Length && line < got.Length && wanted[line] == got[line])
        {
            line++;
        }

        var text = new StringBuilder();
        foreach (var same in wanted[Math.Max(0, line - 3)..line])
        {
            text.Append("   ").AppendLine(same);
        }

        Append(text, "-  ", wanted, line);
        Append(text, "+  ", got, line);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string prefix, string[] lines, int from)
    {
        foreach (var line in lines.Skip(from).Take(5))
        {
            text.Append(prefix).AppendLine(line);
        }
    }
}
