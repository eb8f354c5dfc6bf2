namespace DataToEvents.Benchmarks.Functions;

/// <summary>What is wanted of a function.</summary>
internal sealed record Goal(string What, double AtMost, Func<Row, Floor, double> Reached)
{
    /// <param name="subject">A <see cref="Subject"/>'s name.</param>
    public static IEnumerable<Goal> Of(string subject)
    {
        yield return ZipMegabytes(5);
        yield return PeakMegabytes(subject switch { "Transformer (6 MB)" => 70, _ when IsTransformer(subject) => 40, _ => 25 });
        if (subject != "Transformer (6 MB)")
        {
            yield return new("cold start over TLS, x echo", IsTransformer(subject) ? 8 : 4, (row, floor) => row.Tls.FirstAnswer / floor.EchoSmall.FirstAnswer);
        }

        // The consumer's transaction an event is its own matter.
        if (subject == "EventResponder")
        {
            yield break;
        }

        yield return new("AWS calls of an operation per 1,000 records", 105, (row, _) => row.Now.Calls.Values.Max());
        switch (subject)
        {
            case "EventStorer":
                yield return CpuPerThousand(30);
                yield return RoundTrips(1.15);
                break;
            case "IntegrationEventEmitter":
                yield return CpuPerThousand(12);
                yield return RoundTrips(1.3);
                break;
            default:
                yield return CpuPerThousand(12);
                yield return new("CPU, x codec", 7, (row, floor) => row.Now.CpuPerThousand / floor.CodecCpuPerThousand);
                break;
        }

        if (subject == "Transformer (500 streams)")
        {
            yield return RoundTrips(3);
        }
    }

    private static bool IsTransformer(string subject) => subject.StartsWith("Transformer", StringComparison.Ordinal);

    private static Goal ZipMegabytes(double atMost) => new("zip, MB", atMost, (row, _) => row.ZipMegabytes);

    private static Goal PeakMegabytes(double atMost) => new("peak RSS, MB", atMost, (row, _) => row.Now.PeakMegabytes);

    private static Goal CpuPerThousand(double atMost) => new("CPU ms per 1,000 records", atMost, (row, _) => row.Now.CpuPerThousand);

    private static Goal RoundTrips(double atMost) => new("round trips at 5 ms a call", atMost, (row, _) => row.RoundTrips);
}
