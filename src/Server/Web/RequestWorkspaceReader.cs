using LangSmith.Server.Domain;
using Microsoft.AspNetCore.Http;

namespace LangSmith.Server.Web;

/// <summary>Tells the workspace that a request works in, as the host's access check decided; throws when there is none.</summary>
public delegate WorkspaceId RequestWorkspaceReader(HttpContext context);
