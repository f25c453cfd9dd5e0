namespace LangSmith;

/// <summary>A further server that gets a copy of every run.</summary>
/// <param name="Endpoint">The API's address.</param>
/// <param name="ApiKey">Its key; null for none. It goes to this address and nowhere else.</param>
/// <param name="ProjectName">The project there; null for that of the run. With another project, ids are derived from the originals and the
/// project's name, as the official SDKs derive them, so that two projects of one server never share a run.</param>
public sealed record RunsEndpoint(Uri Endpoint, string? ApiKey, string? ProjectName)
{
    /// <summary>Prints everything but the key.</summary>
    /// <returns>Address and project.</returns>
    public override string ToString() => $"{nameof(RunsEndpoint)} {{ Endpoint = {Endpoint}, ProjectName = {ProjectName} }}";
}
