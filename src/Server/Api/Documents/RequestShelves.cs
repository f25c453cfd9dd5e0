using LangSmith.Server.Api.Access;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Api.Documents;

/// <summary>The shelves of a request's workspace.</summary>
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
