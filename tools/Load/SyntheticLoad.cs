using DataToEvents.Load.Records;

namespace DataToEvents.Load;

/// <summary>Generated records with faults among them. A record depends on seed, options and index only.</summary>
public sealed class SyntheticLoad(RecordGenerator generator, long seed, LoadFaults faults, long? count = null) : IRecordSource
{
    /// <summary>The greatest distance, in records, between a record and its repetition: beyond one batch, and within the deduplication window.</summary>
    private const int OldestRepeated = 2_000;

    private long _next;

    public LoadRecord? Next() => _next == count ? null : At(_next++);

    public LoadRecord At(long index)
    {
        var draw = Draws.Percent(seed, DrawnFor.Fault, index);
        if (draw < faults.PoisonPercent)
        {
            var random = Draws.Of(seed, DrawnFor.Poison, index);
            var kind = random.Pick<PoisonKind>(faults.Draw);
            return new LoadRecord(index, Poison.Make(kind, seed, index), Poison: kind);
        }

        if (draw < faults.PoisonPercent + faults.DuplicatePercent && Repeated(index) is { } original)
        {
            return new LoadRecord(index, generator.Record(original), DuplicateOf: original);
        }

        return new LoadRecord(index, generator.Record(index));
    }

    /// <summary>Finds an earlier record that is neither poison nor a repetition; null if there is none near.</summary>
    private long? Repeated(long index)
    {
        var random = Draws.Of(seed, DrawnFor.Repeated, index);
        var oldest = Math.Max(0, index - OldestRepeated);
        for (var candidate = index - 1 - random.Below((int)(index - oldest) is > 0 and var age ? age : 1); candidate >= oldest; candidate--)
        {
            if (Draws.Percent(seed, DrawnFor.Fault, candidate) >= faults.PoisonPercent + faults.DuplicatePercent)
            {
                return candidate;
            }
        }

        return null;
    }
}
