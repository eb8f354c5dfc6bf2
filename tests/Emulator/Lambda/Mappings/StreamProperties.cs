using CsCheck;
using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Emulator.Tests.Tables;

namespace DataToEvents.Emulator.Tests.Lambda.Mappings;

/// <summary>
/// With any answers of the function and any settings of the mapping, each change is processed once and in the order of its item; in a single lane also in the order
/// of its partition key.
/// </summary>
public class StreamProperties
{
    private static readonly Gen<StreamEventSourceOptions> Options = Gen.Select(
        Gen.Int[1, 7], Gen.Int[1, 4], Gen.Int[-1, 3], Gen.Bool, Gen.Bool,
        (batchSize, lanes, retries, bisect, reports) => new StreamEventSourceOptions
        {
            Id = "mapping",
            BatchSize = batchSize,
            ParallelizationFactor = lanes,
            MaximumRetryAttempts = retries,
            BisectBatchOnFunctionError = bisect,
            ReportBatchItemFailures = reports,
        });

    [Fact]
    public void Without_a_crash_every_change_is_processed_once_and_in_order() =>
        Gen.Select(Options, Gen.Int[0, 8].Array[1, 60], Gen.Int).Sample(
            (options, items, seed) =>
            {
                var function = new UnreliableFunction(options, new Random(seed));
                OneThread.Run(() => DriveAsync(options, items, function, restarts: 0));
                foreach (var (line, expected) in Expected(options, items))
                {
                    function.Done.GetValueOrDefault(line, []).Should().Equal(expected);
                }
            },
            iter: 300);

    [Fact]
    public void After_crashes_no_change_is_missing_and_repeated_ones_keep_the_order() =>
        Gen.Select(Options, Gen.Int[0, 8].Array[1, 60], Gen.Int).Sample(
            (options, items, seed) =>
            {
                var function = new UnreliableFunction(options, new Random(seed));
                OneThread.Run(() => DriveAsync(options, items, function, restarts: 3));
                foreach (var (line, expected) in Expected(options, items))
                {
                    function.Done.GetValueOrDefault(line, []).Distinct().Should().Equal(expected);
                }
            },
            iter: 200);

    /// <summary>Changes with the same line must be processed in order.</summary>
    private static string Line(StreamEventSourceOptions options, string pk, string sk) => options.ParallelizationFactor == 1 ? pk : $"{pk}/{sk}";

    /// <summary>Nine items under three partition keys. The n-th change gives an item the value n.</summary>
    private static (string Pk, string Sk, string Value) Change(int item, int n) => ($"p{item % 3}", $"{item / 3}", n.ToString(CultureInfo.InvariantCulture));

    private static Dictionary<string, List<string>> Expected(StreamEventSourceOptions options, int[] items) => items.Select(Change)
        .GroupBy(change => Line(options, change.Pk, change.Sk)).ToDictionary(line => line.Key, line => line.Select(change => change.Value).ToList());

    private static async Task DriveAsync(StreamEventSourceOptions options, int[] items, UnreliableFunction function, int restarts)
    {
        await using var bed = await TableBed.OpenAsync(maxHeldChanges: 10);
        var batches = items.Select(Change).Chunk(7).ToList();
        for (var life = 0; life <= restarts; life++)
        {
            var source = await StreamEventSource.OpenAsync(bed.Database, bed.Table, function, options, function, bed.Time, new Random(1));
            using var stop = new CancellationTokenSource();
            var running = source.RunAsync(stop.Token);
            foreach (var (pk, sk, value) in batches.Where((_, i) => i * (restarts + 1) / batches.Count == life).SelectMany(batch => batch))
            {
                await bed.Table.PutAsync(TableBed.Item(pk, sk, value));
            }

            for (var minute = 0; minute < 200 && (life < restarts ? minute == 0 : source.Stats.Behind > 0); minute++)
            {
                await OneThread.IdleAsync();
                bed.Time.Advance(TimeSpan.FromMinutes(1));
            }

            await OneThread.IdleAsync();
            stop.Cancel();
            await running;
            await bed.RestartAsync();
        }
    }

    /// <summary>A function that fails in every way. It records which changes are done by Lambda's rules for its answers.</summary>
    private sealed class UnreliableFunction(StreamEventSourceOptions options, Random random) : IInvocable, IOnFailureDestination
    {
        public string Name => "function";

        public Dictionary<string, List<string>> Done { get; } = [];

        public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            var records = JsonNode.Parse(payload.Span)!["Records"]!.AsArray().ToList();
            await Task.Yield();
            var (answer, succeeded) = random.Next(6) switch
            {
                0 => (InvocationResult.Failure("Exception", "by chance"), 0),
                1 => (Json("""{"batchItemFailures":[{"itemIdentifier":"unknown"}]}"""), 0),
                2 or 3 => Failures(records),
                _ => (Json(StreamBed.AllGood), records.Count),
            };
            Book(records.Take(answer.Error is null && !options.ReportBatchItemFailures ? records.Count : succeeded));
            return answer;
        }

        public Task WriteAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
        {
            Book(JsonNode.Parse(JsonNode.Parse(body.Span)!["payload"]!.GetValue<string>())!["Records"]!.AsArray());
            return Task.CompletedTask;
        }

        private static InvocationResult Json(string text) => InvocationResult.Success(System.Text.Encoding.UTF8.GetBytes(text));

        private (InvocationResult, int) Failures(List<JsonNode?> records)
        {
            var failed = Enumerable.Range(0, 1 + random.Next(3)).Select(_ => random.Next(records.Count)).ToList();
            var list = string.Join(',', failed.Select(i => $$"""{"itemIdentifier":"{{records[i]!["dynamodb"]!["SequenceNumber"]}}"}"""));
            return (Json($$"""{"batchItemFailures":[{{list}}]}"""), failed.Min());
        }

        private void Book(IEnumerable<JsonNode?> records)
        {
            foreach (var image in records.Select(record => record!["dynamodb"]!["NewImage"]!))
            {
                string Text(string name) => image[name]!["S"]!.GetValue<string>();
                var line = Line(options, Text("pk"), Text("sk"));
                if (!Done.TryGetValue(line, out var done))
                {
                    Done.Add(line, done = []);
                }

                done.Add(Text("value"));
            }
        }
    }
}
