using System.ComponentModel;

namespace LangSmith.Interception;

/// <summary>A generated decorator of a service. For generated code.</summary>
/// <typeparam name="TService">The service's interface.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITracedDecorator<out TService>
    where TService : class
{
    /// <summary>The decorated service.</summary>
    TService Inner { get; }
}
