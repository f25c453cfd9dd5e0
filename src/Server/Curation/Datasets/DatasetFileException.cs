namespace LangSmith.Server.Curation.Datasets;

/// <summary>A file cannot be made into examples; the message says where and why.</summary>
public sealed class DatasetFileException(string message) : Exception(message);
