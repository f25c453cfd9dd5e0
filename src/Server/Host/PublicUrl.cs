namespace LangSmith.Server;

/// <summary>The URL by which others reach a server that stands behind a proxy.</summary>
internal static class PublicUrl
{
    /// <exception cref="ServerStartException">The text is no such URL.</exception>
    public static Uri? Read(string? text) =>
        string.IsNullOrEmpty(text) ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.PathAndQuery == "/" ? url
        : throw new ServerStartException($"'{text}' is no public URL; give one without a path, like https://langsmith.example.org.");

    /// <summary>
    /// Every request is taken as one to <paramref name="url"/>: links, the cookie and the checks for other sites then agree, whatever
    /// headers the proxy sets or leaves.
    /// </summary>
    public static void UsePublicUrl(this IApplicationBuilder app, Uri url)
    {
        var host = url.IsDefaultPort ? new HostString(url.IdnHost) : new HostString(url.IdnHost, url.Port);
        app.Use((context, next) =>
        {
            context.Request.Scheme = url.Scheme;
            context.Request.Host = host;
            return next(context);
        });
    }
}
