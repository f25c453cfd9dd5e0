namespace LangSmith.Server.Query;

/// <summary>A value that a filter compares with.</summary>
public abstract record FilterValue
{
    /// <summary>Text; enumerations such as run types are texts in lower case.</summary>
    public sealed record Text(string Value) : FilterValue;

    /// <summary>A number: counts, costs in US dollars, seconds.</summary>
    public sealed record Number(double Value) : FilterValue;

    public sealed record Time(DateTimeOffset Value) : FilterValue;

    public sealed record Id(Guid Value) : FilterValue;

    public sealed record Truth(bool Value) : FilterValue;

    public static implicit operator FilterValue(string value) => new Text(value);

    public static implicit operator FilterValue(Guid value) => new Id(value);

    public static implicit operator FilterValue(bool value) => new Truth(value);

    public static implicit operator FilterValue(double value) => new Number(value);

    public static implicit operator FilterValue(DateTimeOffset value) => new Time(value);
}
