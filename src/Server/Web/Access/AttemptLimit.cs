using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace LangSmith.Server.Web.Access;

/// <summary>How often one address may try a key: enough for typing errors, too little for guessing. Thread-safe.</summary>
internal sealed class AttemptLimit : IDisposable
{
    private const int AttemptsMax = 20;

    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
        RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = AttemptsMax, Window = TimeSpan.FromMinutes(1) }));

    /// <summary>Takes one attempt; false when there is none left.</summary>
    public bool TryTake(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(context);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
