using System.Collections.Frozen;
using LangSmith.Protocol;
using LangSmith.Server.Domain;

namespace LangSmith.Server.Api.Json;

/// <summary>The fields of runs that a client asked for; none named means all.</summary>
internal sealed class RunSelection(IReadOnlyCollection<string> names)
{
    private readonly FrozenSet<string>? _names = names.Count == 0 ? null : names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static RunSelection All { get; } = new([]);

    public bool Has(string field) => _names is null || _names.Contains(field);

    /// <summary>Whether tokens or costs are asked for, which for a parent are those of what is below it.</summary>
    public bool WantsUsage => _names is null || _names.Any(name =>
        name.EndsWith("_tokens", StringComparison.OrdinalIgnoreCase) || name.EndsWith("_cost", StringComparison.OrdinalIgnoreCase));

    /// <summary>What must be read for it.</summary>
    public RunPayload Payload =>
        Part(RunField.Inputs, RunPayload.Inputs) | Part(RunField.Outputs, RunPayload.Outputs) | Part(RunField.Extra, RunPayload.Extra)
        | Part(RunField.Events, RunPayload.Events) | Part(RunField.Serialized, RunPayload.Serialized);

    private RunPayload Part(string field, RunPayload payload) => Has(field) ? payload : RunPayload.None;
}
