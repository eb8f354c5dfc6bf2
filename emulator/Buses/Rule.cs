using System.Globalization;
using System.Text.Json;
using DataToEvents.Emulator.Buses.Patterns;
using DataToEvents.Emulator.Delivery;

namespace DataToEvents.Emulator.Buses;

/// <summary>Which events a target gets, and how often it is tried.</summary>
internal sealed class Rule(
    RuleOptions options, IInvocable target, IDeadLetterQueue deadLetters, EventBusOptions bus, TimeProvider time, Random random, Action<ReadOnlyMemory<byte>>? delivered)
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(5);

    private readonly EventPattern _pattern = EventPattern.Parse(options.Pattern);
    private long _delivered;
    private long _failedAttempts;
    private long _deadLettered;

    public string Name => options.Name;

    private string Arn => $"arn:aws:events:{bus.Region}:{bus.AccountId}:rule/{bus.Name}/{options.Name}";

    private string TargetArn => options.TargetArn ?? $"arn:aws:lambda:{bus.Region}:{bus.AccountId}:function:{target.Name}";

    public long Delivered => Interlocked.Read(ref _delivered);

    public long FailedAttempts => Interlocked.Read(ref _failedAttempts);

    public long DeadLettered => Interlocked.Read(ref _deadLettered);

    public RuleState State => new(options, Arn, TargetArn, Delivered, FailedAttempts, DeadLettered);

    public bool LooksIntoDetail => _pattern.LooksAt("detail");

    public bool Matches(JsonElement item) => _pattern.Matches(item);

    /// <summary>Null when the target took the event. A target that cannot even be called is one that failed.</summary>
    public async Task<FunctionError?> TryAsync(BusEvent item, CancellationToken cancellationToken)
    {
        FunctionError? error;
        try
        {
            error = (await target.InvokeAsync(item.Json, item.TraceHeader, cancellationToken)).Error;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            error = new FunctionError(fault.GetType().Name, fault.Message);
        }

        Interlocked.Increment(ref error is null ? ref _delivered : ref _failedAttempts);
        if (error is null)
        {
            delivered?.Invoke(item.Detail);
        }

        return error;
    }

    /// <summary>Why the event is to be given up after that many attempts, or null when it is to be tried again.</summary>
    public Dictionary<string, string>? GiveUp(FunctionError error, int attempts, DateTimeOffset since) =>
        attempts > options.MaximumRetryAttempts ? Attributes(error, "MaximumRetryAttempts", attempts)
        : time.GetUtcNow() - since >= options.MaximumEventAge ? Attributes(error, "MaximumEventAgeInSeconds", attempts)
        : null;

    /// <summary>False when the dead-letter queue did not take the event either.</summary>
    public async Task<bool> TryBuryAsync(BusEvent item, Dictionary<string, string> attributes, CancellationToken cancellationToken)
    {
        try
        {
            await deadLetters.SendAsync(item.Json, attributes, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Not lost: it stays pending, counts as a failed attempt, and is sent again after a while.
            Interlocked.Increment(ref _failedAttempts);
            return false;
        }

        Interlocked.Increment(ref _deadLettered);
        return true;
    }

    public TimeSpan BackOff(int attempts)
    {
        var bound = Math.Min(options.FirstBackOff.Ticks << Math.Min(attempts - 1, 16), LongestBackOff.Ticks);
        lock (random)
        {
            return TimeSpan.FromTicks((long)((0.5 + (random.NextDouble() / 2)) * bound));
        }
    }

    private Dictionary<string, string> Attributes(FunctionError error, string condition, int attempts) => new()
    {
        ["ERROR_CODE"] = "SDK_CLIENT_ERROR",
        ["ERROR_MESSAGE"] = $"{error.Type}: {error.Message}",
        ["RULE_ARN"] = Arn,
        ["TARGET_ARN"] = TargetArn,
        ["EXHAUSTED_RETRY_CONDITION"] = condition,
        ["RETRY_ATTEMPTS"] = (attempts - 1).ToString(CultureInfo.InvariantCulture),
    };
}
