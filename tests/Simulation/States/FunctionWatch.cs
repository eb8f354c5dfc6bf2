using DataToEvents.Emulator.Delivery;
using DataToEvents.Simulation.Faults;
using DataToEvents.Simulation.World;

namespace DataToEvents.Simulation.States;

/// <summary>Notes which states the invocations of one function reach, by what goes in and out.</summary>
internal sealed class FunctionWatch(Hop hop, Host host)
{
    private readonly Dictionary<string, int> _atWork = [];
    private readonly HashSet<string> _failedTogether = [];

    private ReachedStates Reached => host.World.Reached;

    /// <summary>An invocation begins to run.</summary>
    /// <param name="payload">The event.</param>
    /// <param name="running">How many invocations of the function run now, this one included.</param>
    /// <returns>The ids of its messages, or the sequence numbers of its changes.</returns>
    public List<string> Begin(ReadOnlySpan<byte> payload, int running)
    {
        Reached.AddIf(hop == Hop.Transformer && running > 1, State.TransformersSideBySide);
        Reached.AddIf(hop == Hop.Emitter && running > 1 && host.Lanes > 1, State.LanesSideBySide);
        var items = Items(payload);
        if (hop == Hop.EventStorer)
        {
            Reached.AddIf(host.Queue.Stats.Depth > host.World.Settings.MaxLookAhead, State.MessageBeyondLookAhead);
            foreach (var item in items)
            {
                _atWork[item] = _atWork.GetValueOrDefault(item) + 1;
                Reached.AddIf(_atWork[item] > 1, State.MessageTwiceAtWork);
            }
        }

        return items;
    }

    /// <summary>An invocation has run.</summary>
    /// <param name="items">What <see cref="Begin"/> returned.</param>
    /// <param name="answer">Null: its sandbox was killed.</param>
    public void End(List<string> items, InvocationResult? answer)
    {
        if (hop == Hop.EventStorer)
        {
            items.ForEach(item => _atWork[item]--);
        }

        var json = answer is null ? [] : answer.Payload.Span;
        var failures = ValuesOf("\"itemIdentifier\":\""u8, json);
        Reached.AddIf(json.IndexOf("\"ProcessingFailed\""u8) >= 0 && json.IndexOf("\"Ok\""u8) >= 0, State.PoisonAmongOthers);
        Reached.AddIf(hop == Hop.EventStorer && failures.Count > 0 && failures.Count < items.Count, State.PartOfABatchFails);
        Reached.AddIf(hop == Hop.Emitter && failures.Count > 0 && items.IndexOf(failures[0]) > 0, State.CheckpointInTheMiddle);
        Reached.AddIf(hop == Hop.Emitter && items.Count > 1 && answer?.Error?.Type == nameof(InvalidOperationException), State.FirstOfABatchFails);
    }

    /// <summary>The event source gets the answer, which may be another than the function's.</summary>
    public void Answered(ReadOnlySpan<byte> payload, InvocationResult answer)
    {
        if (hop == Hop.Emitter && (answer.Error is not null || _failedTogether.Count > 0))
        {
            var items = Items(payload);
            Reached.AddIf(items.Count == 1 && _failedTogether.Contains(items[0]), State.BatchHalvedToOne);
            _failedTogether.UnionWith(answer.Error is not null && items.Count > 1 ? items : []);
        }
    }

    private List<string> Items(ReadOnlySpan<byte> payload) => hop switch
    {
        Hop.EventStorer => ValuesOf("\"messageId\":\""u8, payload),
        Hop.Emitter => ValuesOf("\"SequenceNumber\":\""u8, payload),
        _ => [],
    };

    private static List<string> ValuesOf(ReadOnlySpan<byte> member, ReadOnlySpan<byte> json)
    {
        var values = new List<string>();
        for (var at = json.IndexOf(member); at >= 0; at = json.IndexOf(member))
        {
            json = json[(at + member.Length)..];
            values.Add(Encoding.UTF8.GetString(json[..json.IndexOf((byte)'"')]));
        }

        return values;
    }
}
