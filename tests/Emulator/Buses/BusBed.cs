using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.Storage;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Emulator.Tests.Buses;

/// <summary>A bus with one rule for all events, on a fake clock. Its database is in memory, or on disk so that it can be restarted.</summary>
internal sealed class BusBed : IAsyncDisposable
{
    public const string Everything = """{"source":[{"prefix":""}]}""";

    private readonly Action<BusBed> _rules;
    private readonly Func<Database> _open;
    private readonly Func<EventBusOptions, EventBusOptions> _options;
    private Database _database = null!;
    private CancellationTokenSource? _stop;
    private Task _running = Task.CompletedTask;

    private BusBed(Action<BusBed>? rules, Func<Database>? open, Func<EventBusOptions, EventBusOptions>? options) =>
        (_rules, _open, _options) = (rules ?? (static bed => bed.AddRule()), open ?? Database.OpenInMemory, options ?? (static given => given));

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 8, 30, 0, TimeSpan.Zero));

    public Database Database => _database;

    public EventBus Bus { get; private set; } = null!;

    public FakeFunction Target { get; set; } = Taking();

    public FakeDeadLetters DeadLetters { get; } = new();

    /// <summary>Called after any target took an event, with the event's detail.</summary>
    public Action<ReadOnlyMemory<byte>>? Delivered { get; set; }

    public IEnumerable<string> Taken => Target.Events.Select(static item => item["detail"]!["n"]!.ToJsonString());

    public static FakeFunction Taking() => new(static _ => "null");

    /// <summary>Fails each event whose detail has one of these numbers as <c>n</c>.</summary>
    public static FakeFunction Refusing(params int[] poison) => new(item => Task.FromResult(
        poison.Contains((int)item["detail"]!["n"]!) ? InvocationResult.Failure("Poison", "not for me") : InvocationResult.Success("null"u8.ToArray())));

    public static async Task<BusBed> OpenAsync(Action<BusBed>? rules = null, Func<Database>? open = null, Func<EventBusOptions, EventBusOptions>? options = null, FakeFunction? target = null)
    {
        var bed = new BusBed(rules, open, options);
        bed.Target = target ?? bed.Target;
        await bed.StartAsync();
        return bed;
    }

    public static BusEntry Entry(int n) => Entry($$"""{"n":{{n}}}""");

    public static BusEntry Entry(string detail) => new("shop", "Sold", Encoding.UTF8.GetBytes(detail));

    public void AddRule(
        string name = "all", string pattern = Everything, FakeFunction? target = null, int attempts = BusLimits.MaxRetryAttempts, string? arn = null, Action<ReadOnlyMemory<byte>>? delivered = null) =>
        Bus.AddRule(new RuleOptions(name) { Pattern = pattern, MaximumRetryAttempts = attempts, TargetArn = arn }, target ?? Target, DeadLetters, delivered ?? (detail => Delivered?.Invoke(detail)));

    public Task PutAsync(params int[] numbers) => Bus.PutEventsAsync([.. numbers.Select(Entry)]);

    public void Run()
    {
        if (_stop is not null)
        {
            return;
        }

        _stop = new CancellationTokenSource();
        _running = Bus.RunAsync(_stop.Token);
    }

    /// <summary>Advances the clock by one back-off after another.</summary>
    public async Task AdvanceAsync(TimeSpan step, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            Time.Advance(step);
            await OneThread.IdleAsync();
        }
    }

    public async Task StopAsync()
    {
        if (_stop is not null)
        {
            await _stop.CancelAsync();
            await _running;
            _stop.Dispose();
            _stop = null;
        }

        Bus.Dispose();
        await _database.DisposeAsync();
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task StartAsync()
    {
        _database = _open();
        Bus = await EventBus.OpenAsync(_database, _options(new EventBusOptions("bus")), Time, new Random(7));
        _rules(this);
    }
}

internal sealed class FakeDeadLetters : IDeadLetterQueue
{
    public List<(JsonNode Event, IReadOnlyDictionary<string, string> Attributes)> Letters { get; } = [];

    public int Failures { get; set; }

    public bool RefusesAll { get; set; }

    public Task SendAsync(ReadOnlyMemory<byte> eventJson, IReadOnlyDictionary<string, string> attributes, CancellationToken cancellationToken)
    {
        if (RefusesAll)
        {
            throw new ServiceException("AccessDenied", "not authorized");
        }

        if (Failures-- > 0)
        {
            throw new IOException("no queue");
        }

        Letters.Add((JsonNode.Parse(eventJson.Span)!, attributes));
        return Task.CompletedTask;
    }
}
