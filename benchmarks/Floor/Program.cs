using Amazon.Lambda.RuntimeSupport;
using DataToEvents.Benchmarks.Floor;

// Measures the lower limit for any function: an echo on the same runtime client, and the codec alone.
if (args is ["codec", var records, var size])
{
    Console.WriteLine(Codec.CpuMillisecondsPerThousand(int.Parse(records), int.Parse(size)));
    return;
}

using var bootstrap = LambdaBootstrapBuilder.Create((Stream input) => input).Build();
await bootstrap.RunAsync();
