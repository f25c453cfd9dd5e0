using System.Diagnostics.CodeAnalysis;
using LangSmith;
using LangSmith.Wrapping;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers services behind generated decorators that trace them.</summary>
/// <remarks>
/// For calls that cannot be intercepted where they stand: in assemblies without the generator, through delegates, by frameworks. Works with
/// containers that know keyed services.
/// </remarks>
public static class TracedServiceCollectionExtensions
{
    /// <summary>
    /// Registers a service whose methods with <c>[Traceable]</c>, on the interface or on the class, are traced from wherever they are called.
    /// </summary>
    /// <typeparam name="TService">An interface, known where this is called.</typeparam>
    /// <typeparam name="TImplementation">The class.</typeparam>
    /// <param name="services">The services of the application.</param>
    /// <param name="lifetime">The lifetime of the service and its decorator.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">No decorator could be generated, which LS1003 says at compile time.</exception>
    public static IServiceCollection AddTraced<TService, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TImplementation>(
        this IServiceCollection services, ServiceLifetime lifetime = ServiceLifetime.Scoped)
        where TService : class
        where TImplementation : class, TService =>
        throw NotIntercepted.Failure(nameof(AddTraced), typeof(TService));

    /// <summary>Puts a decorator in front of a service that is registered already, however it was.</summary>
    /// <remarks><see cref="Traceable.Decorate{TService}"/> tells what it does.</remarks>
    /// <typeparam name="TService">An interface, known where this is called, with <see cref="TraceableAttribute"/> on some of its methods.</typeparam>
    /// <param name="services">The services of the application.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">Nothing is registered for the service, or no decorator could be generated (LS1003).</exception>
    public static IServiceCollection DecorateTraced<TService>(this IServiceCollection services)
        where TService : class =>
        throw NotIntercepted.Failure(nameof(DecorateTraced), typeof(TService));
}
