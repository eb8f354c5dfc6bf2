namespace DataToEvents.Load.Records;

/// <summary>The identity of an event, before its family writes the event.</summary>
/// <param name="Stream">Which stream of its family, from 0.</param>
/// <param name="Position">Which event of that stream, from 1 without gaps: consumers can check order and completeness by it.</param>
/// <param name="Time">When it happened, in whole milliseconds, UTC.</param>
/// <param name="IdBits">48 bits of <paramref name="Time"/> above 80 drawn ones: the layout of a ULID.</param>
/// <param name="StreamSeed">Draws what stays the same for all events of the stream (a customer's name, a sensor's place).</param>
public readonly record struct EventHead(int Stream, long Position, DateTime Time, UInt128 IdBits, long StreamSeed)
{
    public SplitMix64 StreamRandom => SplitMix64.Of(StreamSeed, Stream);
}
