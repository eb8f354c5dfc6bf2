using DataToEvents.Adapters.Formats;
using DataToEvents.Application.Lanes;
using DataToEvents.Application.Transformer;
using DataToEvents.Emulator.Tests.Http.Contract;

namespace DataToEvents.Adapters.Tests.Contracts;

/// <summary>The contract of a queue, as the Transformer relies on it.</summary>
public abstract class EventQueueContract : PortContract
{
    protected abstract IEventQueue Queue { get; }

    /// <summary>Envelopes as consumers of the queue get them, in the order in which they get them.</summary>
    protected abstract Task<IReadOnlyList<ReadOnlyMemory<byte>>> DeliverAsync();

    [ContractFact]
    public async Task Events_of_a_stream_leave_in_the_order_in_which_they_were_sent()
    {
        foreach (var id in new[] { "c", "a", "b" })
        {
            (await Queue.SendAsync([Some.Event(id: id)], default)).Should().Equal(Attempt.Done);
        }

        (await DeliverAsync()).Select(Id).Should().Equal("c", "a", "b");
    }

    [ContractFact]
    public async Task A_batch_is_taken_whole_with_an_attempt_for_each_event()
    {
        var batch = Enumerable.Range(0, ServiceLimits.QueueEntries).Select(number => Some.Event($"stream-{number}", $"e-{number}")).ToArray();

        var attempts = await Queue.SendAsync(batch, default);

        attempts.Should().HaveCount(batch.Length).And.OnlyContain(attempt => attempt.Result == AttemptResult.Done);
        (await DeliverAsync()).Select(Id).Should().BeEquivalentTo(batch.Select(sent => sent.Id.Value));
    }

    [ContractFact]
    public async Task An_event_sent_again_is_taken_and_delivered_once()
    {
        await Queue.SendAsync([Some.Event()], default);

        var again = await Queue.SendAsync([Some.Event(acceptedAt: "2026-11-24T10:00:07.000Z")], default);

        again.Should().Equal(Attempt.Done);
        (await DeliverAsync()).Should().ContainSingle();
    }

    [ContractFact]
    public async Task Another_content_under_the_same_id_is_delivered_too_so_that_it_is_found_to_conflict()
    {
        await Queue.SendAsync([Some.Event(data: "1")], default);
        await Queue.SendAsync([Some.Event(data: "2")], default);

        (await DeliverAsync()).Should().HaveCount(2);
    }

    [ContractFact]
    public async Task The_same_id_and_content_of_two_sources_is_two_events()
    {
        await Queue.SendAsync([Some.Event()], default);
        await Queue.SendAsync([Some.Event(source: "/tests/2")], default);

        (await DeliverAsync()).Should().HaveCount(2);
    }

    [ContractFact]
    public async Task The_same_id_in_two_streams_is_two_events()
    {
        await Queue.SendAsync([Some.Event("orders-1"), Some.Event("orders-2")], default);

        (await DeliverAsync()).Should().HaveCount(2);
    }

    [ContractFact]
    public async Task Streams_of_any_name_and_ids_of_any_length_keep_their_order()
    {
        string[] streams = ["Straße 7 / 東京 😀", new('s', 2_048), " ", "a  b"];
        foreach (var id in new[] { "2-" + new string('i', 1_000), "1" })
        {
            await Queue.SendAsync([.. streams.Select(stream => Some.Event(stream, id))], default);
        }

        var delivered = (await DeliverAsync()).Select(envelope => Domain.DataEvent.Parse(envelope)).ToArray();

        delivered.Should().HaveCount(2 * streams.Length);
        delivered.GroupBy(sent => sent.Stream.Value).Should().OnlyContain(stream => stream.Select(sent => sent.Id.Value[0]).SequenceEqual("21"));
    }

    [ContractFact]
    public async Task Envelopes_are_delivered_byte_for_byte()
    {
        foreach (var payload in Some.DelicatePayloads)
        {
            await Queue.SendAsync([Some.Event(data: payload)], default);
        }

        (await DeliverAsync()).Select(Text).Should().Equal(Some.DelicatePayloads.Select(payload => Text(Some.Event(data: payload).Envelope)));
    }

    private static string Id(ReadOnlyMemory<byte> envelope) => Domain.DataEvent.Parse(envelope).Id.Value;

    private static string Text(ReadOnlyMemory<byte> envelope) => Encoding.UTF8.GetString(envelope.Span);
}
