namespace LangSmith.Server.Web.Search;

/// <summary>A page that the search box offers.</summary>
/// <param name="Title">Its name, as people gave it.</param>
/// <param name="Kind">What it is, in a word or two.</param>
/// <param name="Address">Where it is.</param>
public sealed record FoundPage(string Title, string Kind, string Address);
