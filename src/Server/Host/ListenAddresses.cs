using System.Net;

namespace LangSmith.Server;

/// <summary>Checks where a server may listen.</summary>
internal static class ListenAddresses
{
    /// <exception cref="ServerStartException">A URL is none, or reaches beyond this machine while there is no key.</exception>
    public static void Check(LangSmithServerOptions options)
    {
        foreach (var url in options.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            BindingAddress address;
            try
            {
                address = BindingAddress.Parse(url);
            }
            catch (FormatException exception)
            {
                throw new ServerStartException($"'{url}' is no URL to listen on; give one like http://127.0.0.1:1984.", exception);
            }

            if (options.ApiKey is null && !IsLoopback(address))
            {
                throw new ServerStartException(
                    $"'{url}' can be reached from other machines, and there is no API key: anybody could read and write every run. " +
                    "Give --api-key (LANGSMITH_SERVER_API_KEY), or listen on 127.0.0.1.");
            }
        }
    }

    private static bool IsLoopback(BindingAddress address) =>
        address.IsUnixPipe || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
