using LangSmith.Protocol;
using Microsoft.AspNetCore.Http;

namespace LangSmith.AspNetCore;

/// <summary>Sets the surroundings of a request: the application's tracer, and the caller's run as the parent.</summary>
internal sealed class IncomingTraces(RequestDelegate next, LangSmithTracer tracer, LangSmithPropagationOptions options)
{
    public async Task InvokeAsync(HttpContext context)
    {
        using var own = tracer.Use();
        if (options.Accepts?.Invoke(context) is false)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        using var caller = Traceable.ContinueFrom(Believed(context.Request.Headers));
        await next(context).ConfigureAwait(false);
    }

    private IEnumerable<KeyValuePair<string, string?>> Believed(IHeaderDictionary headers)
    {
        if (headers.TryGetValue(WireHeaders.Trace, out var trace))
        {
            yield return KeyValuePair.Create(WireHeaders.Trace, (string?)trace.ToString());
        }

        if (options.TrustBaggage && headers.TryGetValue(WireHeaders.Baggage, out var baggage))
        {
            yield return KeyValuePair.Create(WireHeaders.Baggage, (string?)baggage.ToString());
        }
    }
}
