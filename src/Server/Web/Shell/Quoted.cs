using LangSmith.Server.Web.Payloads;

namespace LangSmith.Server.Web.Shell;

/// <summary>Puts people's own text into a sentence of ours.</summary>
internal static class Quoted
{
    /// <summary>The text in quotes; characters in it that turn the direction of writing end with it.</summary>
    public static string Of(string? text) => $"“{VisibleText.Isolated(text)}”";
}
