using DataToEvents.Adapters.Embedded;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Domain;
using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Simulation.Oracle;
using DataToEvents.Simulation.States;
using DataToEvents.Simulation.Workload;

namespace DataToEvents.Simulation.World;

/// <summary>What <c>tools/Operator</c> does, by the same rules, on the simulated host. Any of it may be cut short by the host's end, and is done again later.</summary>
internal sealed class Operators(PathWorld world, Ledger ledger)
{
    private int _replays;

    private Func<Host, Task>[] Actions => [RedriveAsync, ReingestAsync, RecoverAsync, RedriveRuleAsync, ReleaseAsync, ReplayAsync, ReplayStoreAsync];

    /// <summary>One of the actions, at a bad moment. Often it is the redrive, if there is something to redrive.</summary>
    public async Task ActAsync(int draw)
    {
        var isRedriven = draw % 2 == 0 && (await world.HostAsync()).DeadLetters.Stats.Depth > 0;
        await OnHostAsync(isRedriven ? RedriveAsync : Actions[draw % Actions.Length]);
    }

    /// <summary>Everything that was set aside, back to where it belongs.</summary>
    public async Task BringBackAsync()
    {
        foreach (var action in Actions)
        {
            await OnHostAsync(action);
        }
    }

    /// <summary>Remembers what lies aside now: it has lost its place in line. A change that lies there only beside another one, and was published, has not.</summary>
    public async Task NoteAsync(Host host)
    {
        var aside = await WorldPlaces.LookAsideOnlyAsync(world, host, ledger);
        var published = new HashSet<string>();
        foreach (var detail in aside.GivenUpTogether.Count == 0 ? [] : world.Published)
        {
            published.Add((await EnvelopeReader.ReadAsync(detail, world.Bucket)).Content);
        }

        var givenUp = aside.OnFailure.Concat(aside.BesideStrangers).Where(found => !aside.GivenUpTogether.Contains(found) || !published.Contains(found.Content));
        foreach (var sent in aside.DeadLetters.Concat(givenUp).Concat(aside.RuleDeadLetters).Concat(aside.Quarantine).Concat(aside.Dropped).Select(found => ledger.Find(found.Content)).Concat(aside.ProcessingFailed))
        {
            if (sent is not null)
            {
                sent.WasSetAside = true;
            }
        }
    }

    private async Task OnHostAsync(Func<Host, Task> action)
    {
        var host = await world.HostAsync();
        var work = ActAsync(host, action);
        if (await Task.WhenAny(work, host.Life.Died) == work)
        {
            await work;
        }
    }

    private async Task ActAsync(Host host, Func<Host, Task> action)
    {
        await NoteAsync(host);
        world.Trace.Add("Operator", action.Method.Name);
        await action(host);
    }

    private async Task RedriveAsync(Host host)
    {
        var waiting = (await host.Queue.ListAsync(limit: 10_000)).Select(message => message.GroupId).ToHashSet();
        var letters = await host.DeadLetters.ListAsync(limit: 10_000);
        world.Reached.AddIf(letters.Any(letter => waiting.Contains(letter.GroupId)), State.RedriveMeetsTraffic);
        await host.DeadLetters.RedriveAsync(host.Queue);
    }

    /// <summary>A record whose events have no ids of their own goes in as the CloudEvents that the Transformer made of it, so that they keep theirs.</summary>
    private async Task ReingestAsync(Host host)
    {
        foreach (var (key, lines) in await Aside.FailedAsync(world))
        {
            var reader = new RecordReader(Records.Catalog);
            foreach (var line in lines)
            {
                List<ReadOnlyMemory<byte>> records = HasOwnIds(line)
                    ? [line.RawData]
                    : [.. reader.Read(line.RawData, line.Arrival).Where(item => !item.IsDropped).Select(item => AsSent(item.Inline().Envelope))];
                while (records.Count > 0)
                {
                    var result = await host.Stream.PutRecordBatchAsync(records);
                    records.RemoveRange(0, result.Count - result.FailedPutCount);
                    await (records.Count > 0 ? host.Stream.WaitForRoomAsync() : Task.CompletedTask);
                }
            }

            await host.Life.GoOnAsync();
            await world.Bucket.DeleteAsync(key);
        }
    }

    private async Task RecoverAsync(Host host)
    {
        foreach (var (key, payload, _) in await Aside.GivenUpAsync(world))
        {
            var answer = await host.Functions.Emitter.InvokeAsync(payload, CancellationToken.None);
            if (answer.Error is null && BatchResponse.Failures(answer.Payload.Span) is { Count: 0 })
            {
                await world.Bucket.DeleteAsync(key);
            }
        }
    }

    private static async Task RedriveRuleAsync(Host host)
    {
        foreach (var letter in await host.RuleDeadLetters.ListAsync(limit: 10_000))
        {
            using var json = JsonDocument.Parse(letter.Body);
            var root = json.RootElement;
            var detail = Encoding.UTF8.GetBytes(root.GetProperty("detail").GetRawText());
            await host.Bus.PutEventsAsync([new BusEntry(root.GetProperty("source").GetString(), root.GetProperty("detail-type").GetString(), detail)]);
            await host.RuleDeadLetters.RemoveAsync(letter.SequenceNumber);
        }
    }

    /// <summary>A conflicting event goes on under an id of its own, always the same for the same content.</summary>
    private async Task ReleaseAsync(Host host)
    {
        foreach (var (key, envelope) in await Aside.ConflictsAsync(world))
        {
            var conflicting = DataEvent.Parse(envelope);
            var (id, released) = ($"{conflicting.Id}~{conflicting.ContentHash()}", Encoding.UTF8.GetString(envelope));
            var sent = ledger.Find((await EnvelopeReader.ReadAsync(envelope, world.Bucket)).Content);
            sent?.ReleasedId = id;
            released = released.Replace($"\"id\":\"{conflicting.Id}\"", $"\"id\":\"{id}\"", StringComparison.Ordinal);
            var result = await host.Stream.PutRecordBatchAsync([AsSent(Encoding.UTF8.GetBytes(released))]);
            if (result.FailedPutCount == 0)
            {
                world.Reached.Add(State.ConflictReleased);
                await host.Life.GoOnAsync();
                await world.Bucket.DeleteAsync(key);
            }
        }
    }

    /// <summary>What was published from a day before the run on: producers' clocks may be years off.</summary>
    private async Task ReplayAsync(Host host)
    {
        if (world.Settings.KeepsArchive)
        {
            var now = world.Clock.GetUtcNow();
            var (published, isAtWork) = (world.Published.Count, host.Pending > 0);
            var played = await host.Bus.Replays.PlayAsync($"replay-{_replays++}", now - world.Clock.Elapsed - TimeSpan.FromDays(1), now.AddDays(1));
            world.Reached.AddIf(played > 0 && isAtWork, State.ReplayMeetsTraffic);
            world.NotReplayed = Math.Max(world.NotReplayed, published - played);
        }
    }

    /// <summary>The whole store once more, if something was dropped that the archive cannot bring back.</summary>
    private async Task ReplayStoreAsync(Host host)
    {
        var archiveHasAll = world.DroppedObjects.Count == 0 && (world.DroppedEvents.Count == 0 || (world.Settings.KeepsArchive && world.Settings.HandlesReplays));
        if (archiveHasAll || !world.Mutant.ReplaysWhatWasDropped)
        {
            return;
        }

        var bus = new RecordingPublisher(new EmbeddedEventPublisher(host.Bus), world.Published);
        foreach (var (envelope, sequence) in await WorldPlaces.StoredAsync(host))
        {
            await bus.PublishAsync([new IntegrationEvent("DataInserted", DataEvent.Parse(envelope).EnvelopeWith(sequence), [], null)], CancellationToken.None);
        }
    }

    /// <summary>Without what only the way writes.</summary>
    private static ReadOnlyMemory<byte> AsSent(ReadOnlyMemory<byte> envelope)
    {
        var json = JsonNode.Parse(envelope.Span)!.AsObject();
        var text = Encoding.UTF8.GetString(envelope.Span);
        foreach (var name in ExtensionNames.OfTheWay)
        {
            text = text.Replace($"\"{name}\":\"{json[name]}\",", "", StringComparison.Ordinal);
        }

        return Encoding.UTF8.GetBytes(text);
    }

    private static bool HasOwnIds(FailedLine line)
    {
        var reader = new RecordReader(Records.Catalog);
        List<string> Ids() => [.. reader.Read(line.RawData, line.Arrival).Where(item => !item.IsDropped).Select(item => item.Inline().Id.Value)];
        return Ids().SequenceEqual(Ids());
    }
}
