namespace LangSmith.Sdk.Bench.Calls;

/// <summary>A service that is traced from wherever it is called.</summary>
internal interface IWorker
{
    [Traceable("work")]
    int Do(int count, string word);
}
