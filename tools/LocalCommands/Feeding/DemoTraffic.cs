using System.Runtime.CompilerServices;
using DataToEvents.Load.Records;

namespace DataToEvents.Local.Feeding;

/// <summary>An endless load of records of the four families.</summary>
internal static class DemoTraffic
{
    public const int RecordsPerSecond = 50;

    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> RecordsAsync(TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var generator = new RecordGenerator(new RecordOptions { Start = time.GetUtcNow(), Seed = time.GetUtcNow().ToUnixTimeMilliseconds() });
        for (var index = 0L; !cancellationToken.IsCancellationRequested; index++)
        {
            yield return generator.Record(index);
            await Task.CompletedTask;
        }
    }
}
