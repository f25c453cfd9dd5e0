namespace LangSmith.Sdk.Bench.Calls;

internal sealed class Worker : IWorker
{
    public int Do(int count, string word) => Work.Direct(count, word);
}
