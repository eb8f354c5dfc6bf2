using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DataToEvents.Emulator.Server;

/// <summary>
/// Kestrel without ASP.NET's host: configuration, environment variables and signals of the process do not change it. A request whose Host header names
/// another machine is refused at once.
/// </summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private readonly KestrelServer _server;

    private HttpServer(KestrelServer server, int port) => (_server, Port) = (server, port);

    public int Port { get; }

    /// <summary>Starts a server for HTTP/1.1.</summary>
    /// <param name="address">The address to listen at.</param>
    /// <param name="port">The port, or 0 for any free one.</param>
    /// <param name="handle">Answers one request. An exception that it throws ends that request and its connection, and no other.</param>
    /// <param name="maxHeaderBytes">The size of all headers of a request at most; null: Kestrel's 32 KiB.</param>
    /// <param name="allowedHosts">Names that a request may have as its Host, beside those of this machine.</param>
    /// <exception cref="PortInUseException">Another process listens at that port.</exception>
    public static async Task<HttpServer> StartAsync(IPAddress address, int port, Func<HttpContext, Task> handle, int? maxHeaderBytes = null, IReadOnlyCollection<string>? allowedHosts = null)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        Restrict(options.Limits, maxHeaderBytes);
        ListenOptions? listener = null;
        options.Listen(address, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listener = listen;
        });
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var server = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
        try
        {
            await server.StartAsync(new Application(handle, allowedHosts), CancellationToken.None);
        }
        catch (IOException fault) when (fault.InnerException is AddressInUseException)
        {
            server.Dispose();
            throw new PortInUseException(port, fault);
        }

        return new HttpServer(server, listener!.IPEndPoint!.Port);
    }

    /// <summary>Stops listening and cuts open connections at once.</summary>
    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
    }

    /// <summary>Limits what one client can use. Slow clients and endless requests are cut off, so that they do not hinder others.</summary>
    private static void Restrict(KestrelServerLimits limits, int? maxHeaderBytes)
    {
        limits.MaxConcurrentConnections = 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 4096, gracePeriod: TimeSpan.FromSeconds(5));
        // RequestBody limits each body by the limit of its service.
        limits.MaxRequestBodySize = null;
        if (maxHeaderBytes is { } most)
        {
            limits.MaxRequestHeadersTotalSize = most;
            // Kestrel does not start when its buffer cannot hold the headers and the request line.
            limits.MaxRequestBufferSize = Math.Max(limits.MaxRequestBufferSize ?? 0, most + limits.MaxRequestLineSize);
        }
    }

    private sealed class Application(Func<HttpContext, Task> handle, IReadOnlyCollection<string>? allowedHosts) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context)
        {
            // No site may show a response in a frame, and no browser may guess that a response is a script or a page.
            context.Response.Headers.ContentSecurityPolicy = "frame-ancestors 'none'";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return RequestHost.IsOfThisMachine(context.Request.Headers.Host.ToString(), allowedHosts) ? handle(context) : RequestHost.RefuseAsync(context);
        }

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }
}
