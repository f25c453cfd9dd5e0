using System.Globalization;
using LangSmith;

// Everything comes from the environment, as in a user's program; nothing is flushed or disposed of.
for (var index = 0; index < int.Parse(args[0], CultureInfo.InvariantCulture); index++)
{
    using var run = Traceable.StartRun($"run {index}");
    run.End(new { index });
}

return 0;
