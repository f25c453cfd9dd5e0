using LangSmith.Server.Storage.Sqlite.Connections;

namespace LangSmith.Server.Storage.Sqlite.Writing;

/// <summary>Makes the changes of many who wait, and returns what each gets, in their order.</summary>
internal delegate IReadOnlyList<T> JoinedChange<in TBatch, out T>(Statements statements, WriteCache cache, IReadOnlyList<TBatch> batches);
