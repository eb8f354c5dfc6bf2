namespace DataToEvents.Benchmarks.Functions;

/// <summary>All figures of one subject.</summary>
internal sealed record Row(
    string Name, Cold Plain, Cold Tls, Cold TlsSystemStore, Warm Now, Warm After5Ms, double ZipMegabytes)
{
    /// <summary>How many stubbed round trips of 5 ms an invocation takes.</summary>
    public double RoundTrips => After5Ms.Milliseconds / 5;

    public string CallsText => string.Join(", ", Now.Calls.OrderBy(call => call.Key).Select(call => $"{call.Key} {call.Value}"));
}

/// <param name="Echo">Cold start of an AOT echo on the same runtime client, with the Transformer's first event.</param>
/// <param name="EchoSmall">The same with a small event.</param>
/// <param name="CodecCpuPerThousand">CPU milliseconds of the bare codec for 1,000 records of 1,000 bytes.</param>
internal sealed record Floor(Cold Echo, Cold EchoSmall, double CodecCpuPerThousand);
