using System.Diagnostics.CodeAnalysis;

namespace DataToEvents.Emulator.Lambda.Mappings;

/// <summary>
/// An event source mapping, which clients of Lambda may disable and enable. While it is disabled, nothing is received and no function is invoked; invocations
/// under way end. The state is not kept: after a restart the mapping is enabled.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A cancellation source without timer and parent holds nothing that has to be freed.")]
public sealed class EventSourceMapping
{
    private const int UuidBytes = 16;

    private readonly Lock _gate = new();
    private CancellationTokenSource _receiving = new();
    private TaskCompletionSource _enabled = Completed();

    internal EventSourceMapping(string eventSourceArn, string functionName)
    {
        (EventSourceArn, FunctionName) = (eventSourceArn, functionName);
        Uuid = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{eventSourceArn}\n{functionName}")).AsSpan(0, UuidBytes)).ToString();
    }

    /// <summary>The mapping's id, the same after each start.</summary>
    public string Uuid { get; }

    /// <summary>The ARN of the queue or of the table's stream.</summary>
    public string EventSourceArn { get; }

    public string FunctionName { get; }

    public bool IsEnabled
    {
        get
        {
            lock (_gate)
            {
                return _enabled.Task.IsCompleted;
            }
        }
    }

    /// <summary>Cancelled when the mapping is disabled, for those who wait for a message.</summary>
    internal CancellationToken Receiving
    {
        get
        {
            lock (_gate)
            {
                return _receiving.Token;
            }
        }
    }

    /// <summary>Disables or enables the mapping; to do it twice changes nothing.</summary>
    public void Enable(bool isEnabled)
    {
        CancellationTokenSource? disabled = null;
        TaskCompletionSource? enabled = null;
        lock (_gate)
        {
            if (isEnabled == _enabled.Task.IsCompleted)
            {
                return;
            }

            if (isEnabled)
            {
                (enabled, _receiving) = (_enabled, new CancellationTokenSource());
            }
            else
            {
                (disabled, _enabled) = (_receiving, new TaskCompletionSource());
            }
        }

        enabled?.SetResult();
        disabled?.Cancel();
    }

    internal Task WhenEnabledAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _enabled.Task.IsCompleted ? Task.CompletedTask : _enabled.Task.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }
}
