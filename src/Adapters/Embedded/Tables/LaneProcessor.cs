using DataToEvents.Adapters.Embedded.Functions;

namespace DataToEvents.Adapters.Embedded.Tables;

/// <summary>Takes one batch of a lane to its end: settled by the function, or given up at the on-failure destination.</summary>
internal sealed class LaneProcessor(
    Table table, IFunction function, StreamSourceOptions options, IOnFailureDestination onFailure, TimeProvider time, Random random)
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(30);

    private readonly StreamEventJson _json = new(table.Options);
    private long _delivered;
    private long _failedInvocations;
    private long _givenUp;

    public long Delivered => Interlocked.Read(ref _delivered);

    public long FailedInvocations => Interlocked.Read(ref _failedInvocations);

    public long GivenUp => Interlocked.Read(ref _givenUp);

    /// <summary>A retry that makes headway begins anew: what is left is another batch, with retries of its own.</summary>
    public async Task ProcessAsync(int lane, ArraySegment<ChangeRecord> records, CancellationToken cancellationToken)
    {
        for (var failures = 0; records.Count > 0;)
        {
            var aged = CountAged(records);
            if (aged > 0)
            {
                await GiveUpAsync(lane, records[..aged], "RecordAgeExceeded", failures, null, cancellationToken);
                records = records[aged..];
                continue;
            }

            var answer = await InvokeAsync(records, cancellationToken);
            if (answer.Settled > 0)
            {
                await CheckpointAsync(lane, records[answer.Settled - 1]);
                Interlocked.Add(ref _delivered, answer.Settled);
                (records, failures) = (records[answer.Settled..], 0);
                continue;
            }

            failures++;
            if (options.BisectBatchOnFunctionError && records.Count > 1)
            {
                await ProcessAsync(lane, records[..(records.Count / 2)], cancellationToken);
                (records, failures) = (records[(records.Count / 2)..], 0);
            }
            else if (options.MaximumRetryAttempts >= 0 && failures > options.MaximumRetryAttempts)
            {
                await GiveUpAsync(lane, records, "RetryAttemptsExhausted", failures, answer.Failure, cancellationToken);
                return;
            }
            else
            {
                await Task.Delay(BackOff(failures), time, cancellationToken);
            }
        }
    }

    private async Task<StreamAnswer> InvokeAsync(ArraySegment<ChangeRecord> records, CancellationToken cancellationToken)
    {
        var answer = StreamAnswer.Read(await function.InvokeAsync(_json.Event(records), cancellationToken), records, options.ReportBatchItemFailures);
        if (answer.Failure is not null)
        {
            Interlocked.Increment(ref _failedInvocations);
        }

        return answer;
    }

    private async Task GiveUpAsync(
        int lane, ArraySegment<ChangeRecord> records, string condition, int invocations, FailedInvocation? last, CancellationToken cancellationToken)
    {
        var arn = $"arn:aws:lambda:{table.Options.Region}:{table.Options.AccountId}:function:{function.Name}";
        var document = _json.Failure(records, arn, condition, invocations, time.GetUtcNow(), last);
        await onFailure.WriteAsync($"{StreamEventJson.ShardId}/{records[0].SequenceNumber}-{records[^1].SequenceNumber}.json", document, cancellationToken);
        await CheckpointAsync(lane, records[^1]);
        Interlocked.Add(ref _givenUp, records.Count);
    }

    private Task CheckpointAsync(int lane, ChangeRecord settled) => table.SetCheckpointAsync(options.Reader, lane, settled.Sequence);

    private int CountAged(ArraySegment<ChangeRecord> records)
    {
        if (options.MaximumRecordAge is not { } maximum)
        {
            return 0;
        }

        var oldest = (time.GetUtcNow() - maximum).ToUnixTimeMilliseconds();
        return records.TakeWhile(record => record.AtMs < oldest).Count();
    }

    private TimeSpan BackOff(int failures)
    {
        var bound = Math.Min(options.FirstBackOff.Ticks << Math.Min(failures - 1, 16), LongestBackOff.Ticks);
        return TimeSpan.FromTicks((long)((0.5 + (random.NextDouble() / 2)) * bound));
    }
}
