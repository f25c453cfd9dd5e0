using System.Net;
using System.Text;

namespace Aot.App;

/// <summary>Takes what the exporter sends, over real HTTP on the loopback, and keeps it as text.</summary>
internal sealed class Collector : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly StringBuilder _received = new();
    private readonly Task _serving;

    public Collector()
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        _listener.Prefixes.Add(Address + "");
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    public string Received
    {
        get
        {
            lock (_received)
            {
                return _received.ToString();
            }
        }
    }

    public void Dispose()
    {
        _listener.Stop();
        _serving.Wait();
        _listener.Close();
    }

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var body = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var text = await body.ReadToEndAsync();
            lock (_received)
            {
                _received.Append(text);
            }

            var isInfo = context.Request.HttpMethod == "GET";
            context.Response.StatusCode = isInfo ? 200 : 202;
            context.Response.ContentType = "application/json";
            await context.Response.OutputStream.WriteAsync("""{"batch_ingest_config":{"use_multipart_endpoint":true}}"""u8.ToArray());
            context.Response.Close();
        }
    }
}
