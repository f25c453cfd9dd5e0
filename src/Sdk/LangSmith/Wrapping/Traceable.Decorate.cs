using LangSmith.Wrapping;

namespace LangSmith;

/// <content>Decorates services.</content>
public static partial class Traceable
{
    /// <summary>
    /// Puts a generated decorator in front of a service, so that its methods with <c>[Traceable]</c> are traced from wherever they are called.
    /// </summary>
    /// <typeparam name="TService">An interface, known where this is called, with <see cref="TraceableAttribute"/> on some of its methods.</typeparam>
    /// <param name="inner">The service.</param>
    /// <returns>The decorator; a call through it is one run, also where the call itself is intercepted.</returns>
    /// <remarks>Generated at compile time: no proxy, no reflection, fit for native AOT.</remarks>
    /// <exception cref="InvalidOperationException">No decorator could be generated, which LS1003 says at compile time.</exception>
    public static TService Decorate<TService>(TService inner)
        where TService : class =>
        throw NotIntercepted.Failure(nameof(Decorate), typeof(TService));
}
