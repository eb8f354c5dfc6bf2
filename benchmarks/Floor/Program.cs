using Amazon.Lambda.RuntimeSupport;
using DataToEvents.Benchmarks.Floor;

// What no function can be faster than: an echo on the same runtime client, and the bare codec.
if (args is ["codec", var records, var size])
{
    Console.WriteLine(Codec.CpuMillisecondsPerThousand(int.Parse(records), int.Parse(size)));
    return;
}

using var bootstrap = LambdaBootstrapBuilder.Create((Stream input) => input).Build();
await bootstrap.RunAsync();
