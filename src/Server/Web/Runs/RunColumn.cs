namespace LangSmith.Server.Web.Runs;

/// <summary>A column of the table that can be hidden.</summary>
/// <param name="Key">Its word in addresses and styles.</param>
/// <param name="Title">Its head.</param>
/// <param name="Width">Its width in the grid.</param>
public sealed record RunColumn(string Key, string Title, string Width);
