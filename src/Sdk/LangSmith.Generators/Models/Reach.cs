namespace LangSmith.Generators.Models;

/// <summary>From where a traced method may be called.</summary>
internal enum Reach
{
    /// <summary>Only through an accessor that skips the access check: private and protected methods. No overload is generated.</summary>
    Accessor,

    /// <summary>From the whole assembly.</summary>
    Assembly,

    /// <summary>From everywhere.</summary>
    Public,
}
