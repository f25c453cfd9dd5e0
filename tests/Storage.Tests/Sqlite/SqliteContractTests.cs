using LangSmith.Server.Storage.Tests.Contract;
using LangSmith.Server.Storage.Tests.Support;

namespace LangSmith.Server.Storage.Tests.Sqlite;

public sealed class SqliteRunTests : RunContract<SqliteEngine>;

public sealed class SqliteRunPlaceTests : RunPlaceContract<SqliteEngine>;

public sealed class SqliteRunFoldTests : RunFoldContract<SqliteEngine>;

public sealed class SqliteRunPagingTests : RunPagingContract<SqliteEngine>;

public sealed class SqliteFeedbackTests : FeedbackContract<SqliteEngine>;

public sealed class SqliteCatalogueTests : CatalogueContract<SqliteEngine>;

public sealed class SqliteBlobTests : BlobContract<SqliteEngine>;

public sealed class SqliteDocumentTests : DocumentContract<SqliteEngine>;

public sealed class SqliteExampleTests : ExampleContract<SqliteEngine>;

public sealed class SqliteStatisticsTests : StatisticsContract<SqliteEngine>;

public sealed class SqliteOverviewTests : OverviewContract<SqliteEngine>;

public sealed class SqliteTraceTests : TraceContract<SqliteEngine>;

public sealed class SqliteErasingTests : ErasingContract<SqliteEngine>;

public sealed class SqliteSearchTests : SearchContract<SqliteEngine>;

public sealed class SqliteOracleTests : OracleContract<SqliteEngine>;

public sealed class SqliteRollupTests : RollupContract<SqliteEngine>;
