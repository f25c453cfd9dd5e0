using LangSmith.Tracing;

namespace LangSmith;

/// <summary>Ends a stretch of code in which a run was current.</summary>
public readonly struct CurrentRunScope : IDisposable, IEquatable<CurrentRunScope>
{
    private readonly object? _outer;

    internal CurrentRunScope(object? outer) => _outer = outer;

    /// <summary>Makes current what was current before.</summary>
    public void Dispose() => Ambient.Value = _outer;

    /// <inheritdoc/>
    public bool Equals(CurrentRunScope other) => ReferenceEquals(_outer, other._outer);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CurrentRunScope other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _outer?.GetHashCode() ?? 0;

    /// <summary>Compares by what they restore.</summary>
    public static bool operator ==(CurrentRunScope left, CurrentRunScope right) => left.Equals(right);

    /// <summary>Compares by what they restore.</summary>
    public static bool operator !=(CurrentRunScope left, CurrentRunScope right) => !left.Equals(right);
}
