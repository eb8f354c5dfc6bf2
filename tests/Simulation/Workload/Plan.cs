namespace DataToEvents.Simulation.Workload;

/// <summary>The records of a run's producers. They are drawn before it begins, so that a run with fewer calls sends the same records in the remaining ones.</summary>
internal static class SendingPlan
{
    public static List<Put> Draw(Random random)
    {
        var records = new Records(random);
        var producers = random.Next(1, 4);
        var puts = new List<Put>();
        var count = random.Next(8) == 0 ? random.Next(40, 80) : random.Next(3, 20);
        for (var number = 0; number < count; number++)
        {
            var producer = random.Next(producers);
            var batch = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Record(random, records, producer, puts)).ToList();
            puts.Add(new Put(number, producer, Pause(random), batch));
        }

        return puts;
    }

    /// <summary>Most are new. Some were sent before, by the same producer, because order is only promised within one that knows it.</summary>
    private static SentRecord Record(Random random, Records records, int producer, List<Put> before)
    {
        var dice = random.Next(20);
        if (dice < 3 && before.FindAll(put => put.Producer == producer) is { Count: > 0 } own)
        {
            var put = own[random.Next(own.Count)];
            var earlier = put.Records[random.Next(put.Records.Count)];
            return dice switch { 0 => records.Again(earlier), 1 => records.Conflicting(earlier) ?? earlier, _ => records.OfAnotherSource(earlier) ?? earlier };
        }

        return records.Next(producer);
    }

    private static TimeSpan Pause(Random random) => TimeSpan.FromMilliseconds(random.Next(10) switch
    {
        < 5 => random.Next(50),
        < 9 => random.Next(3_000),
        _ => random.Next(120_000),
    });
}
