using LangSmith.Tracing;

namespace LangSmith;

/// <summary>Ends a stretch of code in which a run was current.</summary>
public readonly struct CurrentRunScope : IDisposable, IEquatable<CurrentRunScope>
{
    private readonly AmbientChange _change;

    internal CurrentRunScope(AmbientChange change) => _change = change;

    /// <summary>Makes current what was current before.</summary>
    public void Dispose() => _change.Undo();

    /// <inheritdoc/>
    public bool Equals(CurrentRunScope other) => _change == other._change;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CurrentRunScope other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _change.GetHashCode();

    /// <summary>Compares by what they restore.</summary>
    public static bool operator ==(CurrentRunScope left, CurrentRunScope right) => left.Equals(right);

    /// <summary>Compares by what they restore.</summary>
    public static bool operator !=(CurrentRunScope left, CurrentRunScope right) => !left.Equals(right);
}
