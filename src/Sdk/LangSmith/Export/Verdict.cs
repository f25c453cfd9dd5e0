using System.Net;

namespace LangSmith.Export;

/// <summary>What to do after an answer.</summary>
internal enum VerdictKind
{
    /// <summary>The server has it.</summary>
    Delivered,

    /// <summary>The server had it before.</summary>
    Duplicate,

    /// <summary>The same request may succeed later.</summary>
    Retry,

    /// <summary>Something in the body is refused; halves may pass.</summary>
    Split,

    /// <summary>Nothing will help.</summary>
    Reject,

    /// <summary>The server does not know this route.</summary>
    NoRoute,

    /// <summary>The server does not know the compression.</summary>
    NoEncoding,
}

/// <summary>The reading of an HTTP status.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Reason">Why the entry is lost if nothing helps.</param>
internal readonly record struct Verdict(VerdictKind Kind, ExportLossReason Reason)
{
    public static Verdict Of(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => new(VerdictKind.Delivered, default),
        409 => new(VerdictKind.Duplicate, default),
        408 or 425 => new(VerdictKind.Retry, ExportLossReason.ServerUnavailable),
        429 => new(VerdictKind.Retry, ExportLossReason.RateLimited),
        // 501 and 505 state what the server will never do; everything else above 500 passes, proxies' own codes (520, 529) included.
        501 or 505 => new(VerdictKind.Reject, ExportLossReason.OtherStatus),
        >= 500 => new(VerdictKind.Retry, ExportLossReason.ServerUnavailable),
        413 => new(VerdictKind.Split, ExportLossReason.TooLarge),
        400 or 422 => new(VerdictKind.Split, ExportLossReason.Invalid),
        401 => new(VerdictKind.Reject, ExportLossReason.Unauthorized),
        403 => new(VerdictKind.Reject, ExportLossReason.Forbidden),
        404 or 405 => new(VerdictKind.NoRoute, ExportLossReason.NotFound),
        415 => new(VerdictKind.NoEncoding, ExportLossReason.OtherStatus),
        >= 300 and < 400 => new(VerdictKind.Reject, ExportLossReason.NotFound),
        _ => new(VerdictKind.Reject, ExportLossReason.OtherStatus),
    };
}
