using System.Text.Json;
using LangSmith.Server.Domain;

namespace LangSmith.Server.Storage.Tests.Support;

/// <summary>Everything that a run shows, as a text to compare; times of receipt apart, which depend on the order.</summary>
internal static class RunState
{
    public static string Of(RunRecord run) => JsonSerializer.Serialize(new
    {
        Run = run with { Inputs = default, Outputs = default, Extra = default, Events = default, Serialized = default, ProjectId = default },
        Inputs = Given.Text(run.Inputs),
        Outputs = Given.Text(run.Outputs),
        Extra = Given.Text(run.Extra),
        Events = Given.Text(run.Events),
        Serialized = Given.Text(run.Serialized),
    });
}
