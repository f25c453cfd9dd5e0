using Microsoft.CodeAnalysis.CSharp;

namespace LangSmith.Generators.Models;

/// <summary>Where a call stands, in the compiler's own terms.</summary>
/// <param name="Version">The version of the location's format.</param>
/// <param name="Data">The location, opaque.</param>
/// <param name="Display">The location for people: file, line and column, without folders, which differ from machine to machine.</param>
internal sealed record SiteLocation(int Version, string Data, string Display)
{
    public static SiteLocation Of(InterceptableLocation location)
    {
        var display = location.GetDisplayLocation();
        return new(location.Version, location.Data, display.Substring(display.LastIndexOfAny(['/', '\\']) + 1));
    }

    /// <summary>The attribute that makes a method the interceptor of the call.</summary>
    public string Attribute => $"[global::System.Runtime.CompilerServices.InterceptsLocation({Version}, \"{Data}\")] // {Display}";
}
