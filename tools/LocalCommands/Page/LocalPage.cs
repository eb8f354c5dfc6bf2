using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Local.Hosting;
using DataToEvents.Local.Signals;
using DataToEvents.Recovery;
using Microsoft.AspNetCore.Http;

namespace DataToEvents.Local.Page;

/// <summary>Puts the page together: its state, its buttons and its endpoint.</summary>
internal sealed class LocalPage : IDisposable
{
    private readonly RecentEvents _recent;
    private readonly PathWatch _watch;
    private readonly PoisonFeed _poison;
    private readonly PageEndpoint _endpoint;
    private readonly PrometheusText _metrics = new();

    public LocalPage(LocalHost host, DataDirectory directory, DeliveryStream stream, PageFaults faults, DirectoryInfo data, TimeProvider time)
    {
        var followed = new FollowedEvents(async delivered => await Journey.StoredAsync(directory, delivered.Stream.Value, delivered.Key));
        _recent = new RecentEvents(time, followed);
        SetAside = new SetAsidePlaces(directory, (command, output) => OperatorCommands.RunAsync([.. command, "--endpoint-url", host.Url], output));
        _poison = new PoisonFeed(stream, faults, new PoisonNeighbours(async (neighbours, key) => await directory.Table.GetAsync(neighbours, key) is not null, time), time);
        _watch = new PathWatch(host, directory, _recent, followed, faults, _poison, SetAside, data.FullName, time);
        _endpoint = new PageEndpoint(_watch, new Journey(directory, _recent.Find), faults, SetAside, new EventLookup(() => host.Url), _metrics);
    }

    public SetAsidePlaces SetAside { get; }

    /// <param name="detail">The envelope of an event that the consumer took.</param>
    public void Delivered(ReadOnlyMemory<byte> detail) => _recent.Add(detail);

    public Task AnswerAsync(HttpContext context) => _endpoint.AnswerAsync(context);

    public void Dispose() => _metrics.Dispose();

    /// <summary>Keeps the page alive until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(_watch.RunAsync(cancellationToken), _poison.RunAsync(cancellationToken));
}
