namespace LangSmith.Server.Storage;

/// <summary>The room that a store has. Thread-safe.</summary>
public interface IStoreRoom
{
    /// <summary>How much of its disk is free to the server, in percent from 0 to 100; null when the system does not tell.</summary>
    double? FreePercent { get; }
}
