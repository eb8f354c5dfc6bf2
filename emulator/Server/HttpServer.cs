using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DataToEvents.Emulator.Server;

/// <summary>
/// Kestrel without a host around it: no configuration, environment or signal of the process has a say in it. A request that names
/// another host than this machine is refused before anybody sees it.
/// </summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private readonly KestrelServer _server;

    private HttpServer(KestrelServer server, int port) => (_server, Port) = (server, port);

    public int Port { get; }

    /// <param name="address">Where to listen.</param>
    /// <param name="port">The port, or 0 for any that is free.</param>
    /// <param name="handle">Answers one request that names this machine as its host. An exception from it ends that request, and the connection, only.</param>
    /// <param name="maxHeaderBytes">What all headers of a request may take together; null: Kestrel's 32 KiB.</param>
    /// <exception cref="PortInUseException">Somebody else listens there.</exception>
    public static async Task<HttpServer> StartAsync(IPAddress address, int port, Func<HttpContext, Task> handle, int? maxHeaderBytes = null)
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
            await server.StartAsync(new Application(handle), CancellationToken.None);
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

    /// <summary>What one client can occupy: slow or endless ones are cut off, and others do not notice.</summary>
    private static void Restrict(KestrelServerLimits limits, int? maxHeaderBytes)
    {
        limits.MaxConcurrentConnections = 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 4096, gracePeriod: TimeSpan.FromSeconds(5));
        // The reader of each body bounds it by the limit of the service that it is meant for.
        limits.MaxRequestBodySize = null;
        if (maxHeaderBytes is { } most)
        {
            limits.MaxRequestHeadersTotalSize = most;
            // Kestrel does not start when its buffer could not hold the headers and the request line.
            limits.MaxRequestBufferSize = Math.Max(limits.MaxRequestBufferSize ?? 0, most + limits.MaxRequestLineSize);
        }
    }

    private sealed class Application(Func<HttpContext, Task> handle) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) =>
            RequestHost.IsOfThisMachine(context.Request.Headers.Host.ToString()) ? handle(context) : RequestHost.RefuseAsync(context);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }
}
