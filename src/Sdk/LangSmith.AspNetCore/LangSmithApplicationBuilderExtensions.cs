using LangSmith;
using LangSmith.AspNetCore;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Goes on with the traces that callers send along.</summary>
public static class LangSmithApplicationBuilderExtensions
{
    /// <summary>
    /// Makes runs of a request children of the run that the caller names in the header <c>langsmith-trace</c>. Starts no run itself.
    /// </summary>
    /// <param name="app">The application; put it before whatever traces.</param>
    /// <param name="configure">Says what is believed; null for the parent run of every request, and nothing else.</param>
    /// <returns>The same application.</returns>
    /// <remarks>
    /// Also makes the application's own tracer that of the request, so that several applications in one process do not mix. A malformed
    /// header is logged and ignored.
    /// </remarks>
    /// <exception cref="InvalidOperationException"><c>AddLangSmith</c> was not called.</exception>
    public static IApplicationBuilder UseLangSmith(this IApplicationBuilder app, Action<LangSmithPropagationOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        var tracer = app.ApplicationServices.GetService<LangSmithTracer>()
            ?? throw new InvalidOperationException("UseLangSmith needs services.AddLangSmith().");
        var options = new LangSmithPropagationOptions();
        configure?.Invoke(options);
        return app.Use(next => new IncomingTraces(next, tracer, options).InvokeAsync);
    }
}
