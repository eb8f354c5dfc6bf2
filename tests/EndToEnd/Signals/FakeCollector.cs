using System.Collections.Concurrent;
using System.Net.Sockets;

namespace DataToEvents.EndToEnd.Tests.Signals;

/// <param name="Name">The step.</param>
/// <param name="TraceId">32 hex digits.</param>
/// <param name="ParentId">16 hex digits, empty for a root.</param>
internal sealed record CollectedSpan(string Name, string TraceId, string ParentId);

/// <summary>Takes OTLP over HTTP on loopback and keeps it (opentelemetry/proto/{trace,metrics}/v1).</summary>
internal sealed class FakeCollector : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _requests = new();

    public FakeCollector()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Url);
        _listener.Start();
        _ = TakeAsync();
    }

    public string Url { get; }

    public IReadOnlyList<CollectedSpan> Spans() => [.. from request in Bodies("/v1/traces")
                                                       from resource in request.Messages(1)
                                                       from scope in resource.Messages(2)
                                                       from span in scope.Messages(2)
                                                       select new CollectedSpan(span.Text(5), span.Hex(1), span.Hex(4))];

    /// <summary>The last value of each sum, its points added up.</summary>
    public IReadOnlyDictionary<string, long> Sums()
    {
        var sums = new Dictionary<string, long>();
        foreach (var metric in from request in Bodies("/v1/metrics")
                               from resource in request.Messages(1)
                               from scope in resource.Messages(2)
                               from metric in scope.Messages(2)
                               select metric)
        {
            foreach (var sum in metric.Messages(7))
            {
                sums[metric.Text(1)] = sum.Messages(1).Sum(point => point.Fixed(6));
            }
        }

        return sums;
    }

    public void Dispose() => _listener.Close();

    private IEnumerable<Protobuf> Bodies(string path) => _requests.Where(request => request.Path == path).Select(request => new Protobuf(request.Body));

    private async Task TakeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            _requests.Enqueue((context.Request.Url!.AbsolutePath, body.ToArray()));
            context.Response.ContentType = "application/x-protobuf";
            context.Response.Close();
        }
    }
}
