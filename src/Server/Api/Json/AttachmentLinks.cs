using System.Security.Cryptography;
using System.Text.Json;
using LangSmith.Server.Domain;
using Microsoft.AspNetCore.DataProtection;

namespace LangSmith.Server.Api.Json;

/// <summary>Signs links to attachments, which clients fetch without a key.</summary>
internal sealed class AttachmentLinks(IDataProtectionProvider protection, ApiOptions options)
{
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("LangSmith.Attachment").ToTimeLimitedDataProtector();

    public string Sign(RunAttachment attachment) =>
        _protector.Protect(JsonSerializer.Serialize(attachment), options.AttachmentLinkLifetime);

    /// <summary>Reads a link; null when it is forged or too old.</summary>
    public RunAttachment? Open(string signed)
    {
        try
        {
            return JsonSerializer.Deserialize<RunAttachment>(_protector.Unprotect(signed));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
