namespace DataToEvents.Benchmarks.Functions;

/// <summary>All figures of one subject.</summary>
internal sealed record Row(
    string Name, Cold Plain, Cold Tls, Cold TlsSystemStore, Warm Now, Warm After5Ms, double ZipMegabytes)
{
    /// <summary>How many stubbed round trips of 5 ms an invocation takes.</summary>
    public double RoundTrips => After5Ms.Milliseconds / 5;

    public string CallsText => string.Join(", ", Now.Calls.OrderBy(call => call.Key).Select(call => $"{call.Key} {call.Value}"));

    /// <summary>The median of each figure.</summary>
    public static Row Median(IReadOnlyList<Row> rows)
    {
        return rows[0] with
        {
            Plain = OfCold(row => row.Plain),
            Tls = OfCold(row => row.Tls),
            TlsSystemStore = OfCold(row => row.TlsSystemStore),
            Now = OfWarm(row => row.Now),
            After5Ms = OfWarm(row => row.After5Ms),
        };

        double Of(Func<Row, double> figure) => Measurement.Median(rows.Select(figure));

        Cold OfCold(Func<Row, Cold> part) => new(Of(row => part(row).Ready), Of(row => part(row).FirstAnswer));

        Warm OfWarm(Func<Row, Warm> part) => new(
            Of(row => part(row).Milliseconds), Of(row => part(row).CpuPerThousand), Of(row => part(row).PeakMegabytes), part(rows[0]).Calls);
    }
}

/// <param name="Echo">Cold start of an AOT echo on the same runtime client, with the Transformer's first event.</param>
/// <param name="EchoSmall">The same with a small event.</param>
/// <param name="CodecCpuPerThousand">CPU milliseconds of the bare codec for 1,000 records of 1,000 bytes.</param>
internal sealed record Floor(Cold Echo, Cold EchoSmall, double CodecCpuPerThousand);
