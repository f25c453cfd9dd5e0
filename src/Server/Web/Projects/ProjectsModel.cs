namespace LangSmith.Server.Web.Projects;

/// <summary>The list of projects.</summary>
/// <param name="Find">What their names must contain; empty for all.</param>
/// <param name="Cards">The projects, latest activity first.</param>
/// <param name="Origin">The server's own address, for snippets.</param>
/// <param name="Now">For ages.</param>
public sealed record ProjectsModel(string Find, IReadOnlyList<ProjectCard> Cards, Uri Origin, DateTimeOffset Now);
