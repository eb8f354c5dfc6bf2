using DataToEvents.Emulator.Objects;
using DataToEvents.Emulator.Storage;
using DataToEvents.Simulation.Faults;
using DataToEvents.Simulation.Machine;
using DataToEvents.Simulation.States;

namespace DataToEvents.Simulation.World;

/// <summary>What a run consists of, across all starts of its host.</summary>
internal sealed class PathWorld(SimulatedClock clock, Trace trace, FaultPlan plan, Settings settings, Random engineRandom, Mutant mutant)
{
    private Database _database = null!;
    private TaskCompletionSource<Host> _up = new();

    public SimulatedClock Clock => clock;

    public Trace Trace => trace;

    public FaultPlan Plan => plan;

    public Settings Settings => settings;

    public Random EngineRandom => engineRandom;

    public Mutant Mutant => mutant;

    public ReachedStates Reached { get; } = new(trace);

    public MemoryBucket Bucket { get; } = new();

    /// <summary>Details in the order in which the bus took them.</summary>
    public List<ReadOnlyMemory<byte>> Published { get; } = [];

    /// <summary>How many published events a replay of the archive left out.</summary>
    public int NotReplayed { get; set; }

    /// <summary>On-failure objects that their bucket refused. The store has the events in them.</summary>
    public List<byte[]> DroppedObjects { get; } = [];

    /// <summary>Events of the bus that the rule's dead-letter queue refused. The store has them, and the archive if there is one.</summary>
    public List<byte[]> DroppedEvents { get; } = [];

    /// <summary>The host, once it is up.</summary>
    public Task<Host> HostAsync() => _up.Task;

    public async Task StartAsync()
    {
        _database = Database.OpenInMemory(SynchronizationContext.Current!);
        await StartHostAsync();
    }

    /// <summary>Whether the host is up and events are on their way.</summary>
    public bool IsAtWork => _up.Task is { IsCompleted: true, Result.Pending: > 0 };

    /// <summary>As a power failure: nothing of the host goes on, and nothing is written any more.</summary>
    public async Task KillAsync()
    {
        if (_up.Task.IsCompleted)
        {
            var host = await TakeDownAsync();
            NoteEndOf(host, State.KilledAtWork);
            host.Life.End();
            await ComeBackAsync();
        }
    }

    /// <summary>As Ctrl-C or an update.</summary>
    public async Task RestartAsync()
    {
        if (_up.Task.IsCompleted)
        {
            var host = await TakeDownAsync();
            NoteEndOf(host, State.StoppedAtWork);
            await host.StopAsync();
            await ComeBackAsync();
        }
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task<Host> TakeDownAsync()
    {
        var host = await _up.Task;
        _up = new TaskCompletionSource<Host>(TaskCreationOptions.RunContinuationsAsynchronously);
        return host;
    }

    /// <summary>The states that a host's counters tell, which end with it.</summary>
    public void NoteCountersOf(Host host)
    {
        Reached.AddIf(host.Queue.Stats.DeadLettered > 0, State.ReceivesUsedUp);
        Reached.AddIf(host.Queue.Stats.Deduplicated > 0, State.QueueRecognisesCopy);
        Reached.AddIf(DroppedObjects.Count + DroppedEvents.Count > 0, State.PlaceHasRefused);
    }

    private void NoteEndOf(Host host, State state)
    {
        NoteCountersOf(host);
        Reached.AddIf(host.Pending > 0, state);
    }

    private async Task ComeBackAsync()
    {
        _database = _database.Restart();
        await Task.Delay(TimeSpan.FromMilliseconds(100 + engineRandom.Next(5_000)), clock);
        await StartHostAsync();
    }

    private async Task StartHostAsync()
    {
        var host = await Host.StartAsync(this, _database);
        trace.Add("Host", "is up");
        _up.TrySetResult(host);
        Watch(WatchAsync(host));
    }

    /// <summary>A service that cannot go on takes the host down; whoever watches over the host starts it again.</summary>
    private async Task WatchAsync(Host host)
    {
        if (await Task.WhenAny(host.Failed, host.Life.Died) != host.Failed || host.Life.IsOver)
        {
            return;
        }

        var fault = await host.Failed;
        if (fault is not TransientException)
        {
            throw new SimulationException($"The host cannot go on: {fault}");
        }

        trace.Add("Host", $"cannot go on: {fault.Message}");
        await KillAsync();
    }

    private static async void Watch(Task task) => await task;
}
