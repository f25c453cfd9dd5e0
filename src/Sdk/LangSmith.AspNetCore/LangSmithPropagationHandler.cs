using System.Diagnostics;
using LangSmith.Protocol;

namespace LangSmith.AspNetCore;

/// <summary>Adds the headers <c>langsmith-trace</c> and <c>baggage</c> of the current run to outgoing calls.</summary>
/// <remarks>For clients that no factory makes: <c>new HttpClient(new LangSmithPropagationHandler("orders.internal") { InnerHandler = ... })</c>.</remarks>
public sealed class LangSmithPropagationHandler : DelegatingHandler
{
    private readonly string[] _hosts;

    /// <summary>Makes a handler.</summary>
    /// <param name="hosts">Only calls to these hosts carry the headers: <c>orders.internal</c>, or <c>*.internal</c> for all below. None: every call.</param>
    public LangSmithPropagationHandler(params string[] hosts)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        _hosts = [.. hosts];
    }

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        AddHeaders(request);
        return base.Send(request, cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        AddHeaders(request);
        return base.SendAsync(request, cancellationToken);
    }

    private void AddHeaders(HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        // Who set the header itself, or repeats a request, knows better.
        if (Traceable.Current is not { } run || request.Headers.Contains(WireHeaders.Trace) || !IsTarget(request.RequestUri))
        {
            return;
        }

        foreach (var (name, value) in run.ToHeaders())
        {
            if (name == WireHeaders.Baggage)
            {
                AddBaggage(request, value);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    private bool IsTarget(Uri? address) =>
        _hosts.Length == 0 || (address is not null && Array.Exists(_hosts, host => host.StartsWith("*.", StringComparison.Ordinal)
            ? address.Host.EndsWith(host[1..], StringComparison.OrdinalIgnoreCase)
            : address.Host.Equals(host, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Joins our items and whatever is there. HttpClient leaves the activity's baggage out once the header is set, so it goes in here.</summary>
    private static void AddBaggage(HttpRequestMessage request, string ours)
    {
        var items = request.Headers.TryGetValues(WireHeaders.Baggage, out var given) ? given.ToList() : [];
        if (items.Count == 0 && Activity.Current is { } activity)
        {
            DistributedContextPropagator.Current.Inject(activity, items, static (carrier, name, value) =>
            {
                if (name.Equals(WireHeaders.Baggage, StringComparison.OrdinalIgnoreCase))
                {
                    ((List<string>)carrier!).Add(value);
                }
            });
        }

        items.Add(ours);
        request.Headers.Remove(WireHeaders.Baggage);
        // Without blanks: the official SDKs do not trim the names of items.
        request.Headers.TryAddWithoutValidation(WireHeaders.Baggage, string.Join(',', items));
    }
}
