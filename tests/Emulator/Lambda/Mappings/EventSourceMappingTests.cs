using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Emulator.Tests.Queues;
using DataToEvents.Emulator.Tests.Tables;

namespace DataToEvents.Emulator.Tests.Lambda.Mappings;

/// <summary>Mappings that are disabled and enabled while they run.</summary>
public sealed class EventSourceMappingTests
{
    private const string AllGood = """{"batchItemFailures":[]}""";

    [Fact]
    public async Task A_disabled_mapping_of_a_queue_receives_nothing_until_it_is_enabled()
    {
        await using var bed = await QueueBed.OpenAsync();
        var function = new FakeFunction(_ => AllGood);
        var source = new QueueEventSource(bed.Queue, function, new QueueEventSourceOptions { MaximumConcurrency = 3 });
        var (whileDisabled, received) = (-1, -1L);

        OneThread.Run(async () =>
        {
            using var stop = new CancellationTokenSource();
            var running = source.RunAsync(stop.Token);
            await OneThread.IdleAsync();
            source.Mapping.Enable(false);
            source.Mapping.Enable(false);
            await bed.SendAsync("group", "1");
            await OneThread.IdleAsync();
            (whileDisabled, received) = (function.Events.Count, bed.Queue.Stats.Received);
            source.Mapping.Enable(true);
            await OneThread.IdleAsync();
            stop.Cancel();
            await running;
        });

        (whileDisabled, received).Should().Be((0, 0L), "a message that nobody takes has no receive counted against it");
        function.Events.Should().ContainSingle();
        bed.Queue.Stats.Depth.Should().Be(0);
    }

    [Fact]
    public async Task An_invocation_under_way_ends_when_its_mapping_is_disabled()
    {
        await using var bed = await QueueBed.OpenAsync();
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource<InvocationResult>());
        var source = new QueueEventSource(bed.Queue, new FakeFunction(_ =>
        {
            begun.SetResult();
            return end.Task;
        }), new QueueEventSourceOptions());
        await bed.SendAsync("group", "1");

        OneThread.Run(async () =>
        {
            using var stop = new CancellationTokenSource();
            var running = source.RunAsync(stop.Token);
            await begun.Task;
            source.Mapping.Enable(false);
            end.SetResult(InvocationResult.Success(Encoding.UTF8.GetBytes(AllGood)));
            await OneThread.IdleAsync();
            stop.Cancel();
            await running;
        });

        bed.Queue.Stats.Depth.Should().Be(0, "what its function took is deleted");
    }

    [Fact]
    public async Task A_disabled_mapping_of_a_table_invokes_nothing_and_goes_on_at_the_same_change()
    {
        await using var bed = await TableBed.OpenAsync();
        var function = new FakeFunction(_ => AllGood);
        var whileDisabled = -1;

        OneThread.Run(async () =>
        {
            var source = await StreamEventSource.OpenAsync(bed.Database, bed.Table, function, StreamBed.Options, null, bed.Time, new Random(1));
            source.Mapping.Enable(false);
            using var stop = new CancellationTokenSource();
            var running = source.RunAsync(stop.Token);
            await bed.InsertAsync(("a", "1"), ("b", "2"));
            await OneThread.IdleAsync();
            whileDisabled = function.Events.Count;
            source.Mapping.Enable(true);
            await OneThread.IdleAsync();
            stop.Cancel();
            await running;
        });

        whileDisabled.Should().Be(0);
        StreamBed.Batches(function).Should().Equal("1 2");
    }

    [Fact]
    public async Task Its_id_is_the_same_after_each_start_and_another_for_another_function()
    {
        await using var bed = await QueueBed.OpenAsync();
        QueueEventSource Of(string name) => new(bed.Queue, new NamedFunction(name), new QueueEventSourceOptions());

        Of("one").Mapping.Uuid.Should().Be(Of("one").Mapping.Uuid).And.NotBe(Of("other").Mapping.Uuid);
    }

    private sealed class NamedFunction(string name) : IInvocable
    {
        public string Name => name;

        public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) => throw new InvalidOperationException("Nobody invokes it.");
    }
}
