namespace LangSmith.Tracing;

/// <summary>What a run says of an exception.</summary>
internal static class ErrorText
{
    /// <summary>Type, message and stack, inner exceptions included; a cancellation says first that it is one.</summary>
    public static string Of(Exception exception)
    {
        try
        {
            return exception is OperationCanceledException ? $"Cancelled: {exception}" : exception.ToString();
        }
        catch (Exception)
        {
            // Border: ToString and Message are the application's code.
            return exception.GetType().FullName ?? "unknown exception";
        }
    }
}
