using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Documents;
using Microsoft.Extensions.DependencyInjection;

namespace Server.Tests.Support.Memory;

internal static class MemoryStores
{
    public static void Add(IServiceCollection services) => services
        .AddSingleton<ICatalogue, MemoryCatalogue>()
        .AddSingleton<IBlobStore, MemoryBlobStore>()
        .AddSingleton<IDocumentStore, MemoryDocumentStore>()
        .AddSingleton<IRunStore, MemoryRunStore>();
}
