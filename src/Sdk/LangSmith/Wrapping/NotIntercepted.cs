namespace LangSmith.Wrapping;

/// <summary>The failure of a call whose place generated code should have taken.</summary>
internal static class NotIntercepted
{
    public static InvalidOperationException Failure(string call, Type service) => new(
        $"{call}<{service.Name}> was not replaced by generated code. Call it where the interface is known at compile time, in a project "
        + "that refers to LangSmith.Sdk and compiles with the .NET 10 SDK; the warnings LS1002 and LS1003 say what is in the way.");
}
