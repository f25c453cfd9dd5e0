using LangSmith.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Sends traces along with outgoing calls.</summary>
public static class LangSmithHttpClientBuilderExtensions
{
    /// <summary>Lets the services that a client calls go on with the trace of the run that calls them.</summary>
    /// <param name="builder">The client; one that calls services of your own.</param>
    /// <param name="hosts">
    /// Only calls to these hosts carry the headers: <c>orders.internal</c>, or <c>*.internal</c> for all below. None: every call of the client.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// The <c>baggage</c> header carries the run's tags, metadata and project: never use it for clients that call others, such as model
    /// providers. A redirect repeats the headers to its target. There is no switch for all clients, for the same reason.
    /// </remarks>
    /// <exception cref="ArgumentException">A host is empty.</exception>
    public static IHttpClientBuilder AddLangSmithPropagation(this IHttpClientBuilder builder, params string[] hosts)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(hosts);
        foreach (var host in hosts)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(host, nameof(hosts));
        }

        return builder.AddHttpMessageHandler(() => new LangSmithPropagationHandler(hosts));
    }
}
