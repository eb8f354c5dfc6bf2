using System.Globalization;
using System.Text.Json;
using DataToEvents.Adapters.Embedded.Bus.Patterns;
using DataToEvents.Adapters.Embedded.Functions;

namespace DataToEvents.Adapters.Embedded.Bus;

/// <summary>Which events a target gets, and how often it is tried.</summary>
internal sealed class Rule(RuleOptions options, IFunction target, IDeadLetterQueue deadLetters, EventBusOptions bus, TimeProvider time, Random random)
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(5);

    private readonly EventPattern _pattern = EventPattern.Parse(options.Pattern);
    private long _delivered;
    private long _failedAttempts;
    private long _deadLettered;

    public long Delivered => Interlocked.Read(ref _delivered);

    public long FailedAttempts => Interlocked.Read(ref _failedAttempts);

    public long DeadLettered => Interlocked.Read(ref _deadLettered);

    public bool Matches(BusEvent item)
    {
        using var document = JsonDocument.Parse(_pattern.LooksAt("detail") ? item.Json : item.Head(), new JsonDocumentOptions { MaxDepth = BusLimits.MaxNestedLevels + 10 });
        return _pattern.Matches(document.RootElement);
    }

    /// <summary>Tries until the target took the event, or its dead-letter queue did. Its place among the deliveries is free while it waits.</summary>
    /// <returns>True when the target took it.</returns>
    public async Task<bool> DeliverAsync(BusEvent item, DateTimeOffset since, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        for (var attempts = 1; ; attempts++)
        {
            var error = await TryAsync(item, places, cancellationToken);
            if (error is null)
            {
                Interlocked.Increment(ref _delivered);
                return true;
            }

            Interlocked.Increment(ref _failedAttempts);
            if (Exhausted(attempts, since) is { } condition)
            {
                await deadLetters.SendAsync(item.Json, Attributes(error, condition, attempts), cancellationToken);
                Interlocked.Increment(ref _deadLettered);
                return false;
            }

            await Task.Delay(BackOff(attempts), time, cancellationToken);
        }
    }

    private async Task<FunctionError?> TryAsync(BusEvent item, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            return (await target.InvokeAsync(item.Json, cancellationToken)).Error;
        }
        finally
        {
            places.Release();
        }
    }

    private string? Exhausted(int attempts, DateTimeOffset since) =>
        attempts > options.MaximumRetryAttempts ? "MaximumRetryAttempts"
        : time.GetUtcNow() - since >= options.MaximumEventAge ? "MaximumEventAgeInSeconds"
        : null;

    private Dictionary<string, string> Attributes(FunctionError error, string condition, int attempts) => new()
    {
        ["ERROR_CODE"] = "SDK_CLIENT_ERROR",
        ["ERROR_MESSAGE"] = $"{error.Type}: {error.Message}",
        ["RULE_ARN"] = $"arn:aws:events:{bus.Region}:{bus.AccountId}:rule/{bus.Name}/{options.Name}",
        ["TARGET_ARN"] = $"arn:aws:lambda:{bus.Region}:{bus.AccountId}:function:{target.Name}",
        ["EXHAUSTED_RETRY_CONDITION"] = condition,
        ["RETRY_ATTEMPTS"] = (attempts - 1).ToString(CultureInfo.InvariantCulture),
    };

    private TimeSpan BackOff(int attempts)
    {
        var bound = Math.Min(options.FirstBackOff.Ticks << Math.Min(attempts - 1, 16), LongestBackOff.Ticks);
        return TimeSpan.FromTicks((long)((0.5 + (random.NextDouble() / 2)) * bound));
    }
}
