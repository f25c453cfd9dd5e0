using LangSmith.Protocol;
using Microsoft.AspNetCore.Http;

namespace LangSmith.AspNetCore;

/// <summary>Sets the surroundings of a request: the application's tracer, and the caller's run as the parent.</summary>
internal sealed class IncomingTraces(RequestDelegate next, LangSmithTracer tracer, LangSmithPropagationOptions options)
{
    public async Task InvokeAsync(HttpContext context)
    {
        using var own = tracer.Use();
        if (!context.Request.Headers.TryGetValue(WireHeaders.Trace, out var trace) || options.Accepts?.Invoke(context) is false)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        using var caller = Traceable.ContinueFrom(Believed(context.Request.Headers, trace.ToString()));
        await next(context).ConfigureAwait(false);
    }

    private IEnumerable<KeyValuePair<string, string?>> Believed(IHeaderDictionary headers, string trace)
    {
        yield return KeyValuePair.Create(WireHeaders.Trace, (string?)trace);
        if (options.TrustBaggage)
        {
            yield return KeyValuePair.Create(WireHeaders.Baggage, (string?)headers[WireHeaders.Baggage].ToString());
        }
    }
}
