using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace LangSmith.Interception;

/// <summary>Registers decorated services. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TracedServices
{
    /// <summary>Registers a service behind its decorator.</summary>
    public static IServiceCollection Add<TService, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TImplementation>(
        IServiceCollection services, ServiceLifetime lifetime, Func<TService, TService> decorate)
        where TService : class
        where TImplementation : class, TService
    {
        ArgumentNullException.ThrowIfNull(services);
        // The service keeps a registration of its own, under a key that nobody else has: so the container disposes of it as of any other.
        var key = new object();
        services.Add(new ServiceDescriptor(typeof(TService), key, typeof(TImplementation), lifetime));
        services.Add(Decorated(key, lifetime, decorate));
        return services;
    }

    /// <summary>Puts a decorator in front of what is registered.</summary>
    /// <exception cref="InvalidOperationException">Nothing is registered yet.</exception>
    public static IServiceCollection Decorate<TService>(IServiceCollection services, Func<TService, TService> decorate)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(services);
        var found = false;
        for (var index = services.Count - 1; index >= 0; index--)
        {
            var descriptor = services[index];
            if (descriptor.ServiceType == typeof(TService) && !descriptor.IsKeyedService)
            {
                found = true;
                var key = new object();
                services[index] = Decorated(key, descriptor.Lifetime, decorate);
                services.Add(Keyed(descriptor, key));
            }
        }

        return found
            ? services
            : throw new InvalidOperationException($"No service of type '{typeof(TService)}' is registered: call DecorateTraced after its registration.");
    }

    private static ServiceDescriptor Decorated<TService>(object key, ServiceLifetime lifetime, Func<TService, TService> decorate)
        where TService : class =>
        ServiceDescriptor.Describe(typeof(TService), provider => decorate(provider.GetRequiredKeyedService<TService>(key)), lifetime);

    private static ServiceDescriptor Keyed(ServiceDescriptor descriptor, object key) => descriptor switch
    {
        { ImplementationInstance: { } instance } => new(descriptor.ServiceType, key, instance),
        { ImplementationFactory: { } factory } => new(descriptor.ServiceType, key, (provider, _) => factory(provider), descriptor.Lifetime),
        _ => new(descriptor.ServiceType, key, descriptor.ImplementationType!, descriptor.Lifetime),
    };
}
