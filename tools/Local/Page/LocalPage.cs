using DataToEvents.Common;
using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Local.Hosting;
using DataToEvents.Local.Signals;
using DataToEvents.Operator;
using Microsoft.AspNetCore.Http;

namespace DataToEvents.Local.Page;

/// <summary>The page that shows the path alive, composed.</summary>
internal sealed class LocalPage : IDisposable
{
    private readonly RecentEvents _recent;
    private readonly PathWatch _watch;
    private readonly PoisonFeed _poison;
    private readonly PageDoor _door;
    private readonly PrometheusText _metrics = new();

    public LocalPage(LocalHost host, DataDirectory directory, ViewForm view, DeliveryStream stream, Faults faults, DirectoryInfo data, TimeProvider time)
    {
        _recent = new RecentEvents(time);
        var setAside = new SetAside(directory, (command, output) => OperatorCommands.RunAsync([.. command, "--endpoint-url", host.Url], output));
        _poison = new PoisonFeed(stream, faults, time);
        _watch = new PathWatch(host, directory, new ViewCount(directory, view, host.Url), _recent, faults, _poison, setAside, data.FullName, time);
        _door = new PageDoor(_watch, new Journey(directory, _recent.Find), faults, setAside, new DeliveredDoor(directory).AnswerAsync, _metrics);
    }

    /// <param name="detail">The envelope of an event that the consumer took.</param>
    public void Delivered(ReadOnlyMemory<byte> detail) => _recent.Add(detail);

    public Task AnswerAsync(HttpContext context) => _door.AnswerAsync(context);

    public void Dispose() => _metrics.Dispose();

    /// <summary>Keeps the page alive until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(_watch.RunAsync(cancellationToken), _poison.RunAsync(cancellationToken));
}
