using DataToEvents.Emulator.Buses.Patterns;

namespace DataToEvents.Emulator.Buses;

/// <summary>Decides which events a target gets and how often each is tried.</summary>
internal sealed class Rule(
    RuleOptions options, IInvocable target, IDeadLetterQueue deadLetters, EventBusOptions bus, TimeProvider time, Random random, Action<ReadOnlyMemory<byte>>? delivered)
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(5);

    private readonly BackOff _backOff = new(options.FirstBackOff, LongestBackOff, random);
    private readonly EventPattern _pattern = EventPattern.Parse(options.Pattern);
    private long _delivered;
    private long _failedAttempts;
    private long _deadLettered;
    private long _dropped;

    public string Name => options.Name;

    private string Arn => bus.RuleArn(options.Name);

    private string TargetArn => options.TargetArn ?? $"arn:aws:lambda:{bus.Region}:{bus.AccountId}:function:{target.Name}";

    public RuleState State => new(options, Arn, TargetArn, Interlocked.Read(ref _delivered), Interlocked.Read(ref _failedAttempts), Interlocked.Read(ref _deadLettered), Interlocked.Read(ref _dropped));

    public bool LooksIntoDetail => _pattern.LooksAt("detail");

    public bool Matches(JsonElement item) => _pattern.Matches(item);

    /// <summary>Invokes the target once. A target that cannot be called counts as failed.</summary>
    /// <returns>Null when the target took the event.</returns>
    public async Task<FunctionError?> TryAsync(PublishedEvent item, DateTimeOffset since, CancellationToken cancellationToken)
    {
        FunctionError? error;
        try
        {
            error = (await target.InvokeAsync(options.Input?.Invoke(item.Json, since) ?? item.Json, item.TraceHeader, cancellationToken)).Error;
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

    /// <summary>Decides whether the event gets no more attempts.</summary>
    /// <returns>The attributes of the dead letter, or null when the event is to be tried again.</returns>
    public Dictionary<string, string>? GiveUp(FunctionError error, int attempts, DateTimeOffset since) =>
        attempts > options.MaximumRetryAttempts ? Attributes(error, "MaximumRetryAttempts", attempts)
        : time.GetUtcNow() - since >= options.MaximumEventAge ? Attributes(error, "MaximumEventAgeInSeconds", attempts)
        : null;

    /// <summary>Sends the event to the dead-letter queue.</summary>
    /// <returns>False when the queue is to be tried again. A queue that refuses the event is not: the event is dropped, as EventBridge does.</returns>
    public async Task<bool> TryBuryAsync(PublishedEvent item, Dictionary<string, string> attributes, CancellationToken cancellationToken)
    {
        try
        {
            await deadLetters.SendAsync(item.Json, attributes, cancellationToken);
        }
        catch (ServiceException)
        {
            Interlocked.Increment(ref _dropped);
            return true;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Not lost: the event stays pending and is sent again later.
            Interlocked.Increment(ref _failedAttempts);
            return false;
        }

        Interlocked.Increment(ref _deadLettered);
        return true;
    }

    public TimeSpan PauseAfter(int attempts) => _backOff.After(attempts);

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
