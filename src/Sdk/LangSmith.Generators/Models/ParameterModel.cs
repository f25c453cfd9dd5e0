namespace LangSmith.Generators.Models;

/// <summary>A parameter of a traced method.</summary>
/// <param name="Name">As declared, without <c>@</c>.</param>
/// <param name="Type">Fully qualified, with nullability.</param>
/// <param name="Modifier">Empty, or <c>ref</c>, <c>in</c>, <c>out</c>, <c>ref readonly</c>, <c>scoped</c> with a blank behind it.</param>
/// <param name="Role">What becomes of the argument.</param>
/// <param name="IsThis">True for the first parameter of an extension method.</param>
/// <param name="IsParams">True for a <c>params</c> parameter.</param>
/// <param name="Default">The default value as source text; null for a required parameter.</param>
/// <param name="CallerInfo">The caller-information attribute as source text; null when there is none.</param>
/// <param name="IsCancellation">True for a <c>CancellationToken</c>.</param>
internal sealed record ParameterModel(
    string Name,
    string Type,
    string Modifier,
    ParameterRole Role,
    bool IsThis,
    bool IsParams,
    string? Default,
    string? CallerInfo,
    bool IsCancellation)
{
    /// <summary>The name as an identifier: a keyword gets its <c>@</c>.</summary>
    public string Identifier => "@" + Name;

    /// <summary>The argument that passes the parameter on.</summary>
    public string Argument => Modifier switch
    {
        "ref " => "ref " + Identifier,
        "out " => "out " + Identifier,
        "in " or "ref readonly " => "in " + Identifier,
        _ => Identifier,
    };
}
