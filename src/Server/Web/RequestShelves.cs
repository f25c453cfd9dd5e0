using LangSmith.Server.Curation.Documents;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Documents;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LangSmith.Server.Web;

/// <summary>The documents of a request's workspace.</summary>
internal static class RequestShelves
{
    public static Shelf Shelf(this HttpContext context, string kind) => context.Shelf(kind, context.Workspace());

    public static Shelf Shelf(this HttpContext context, string kind, WorkspaceId workspace) => new(
        context.RequestServices.GetRequiredService<IDocumentStore>(),
        context.RequestServices.GetRequiredService<TimeProvider>(),
        workspace,
        kind,
        context.RequestAborted);
}
