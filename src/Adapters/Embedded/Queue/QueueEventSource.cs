using DataToEvents.Adapters.Embedded.Functions;

namespace DataToEvents.Adapters.Embedded.Queue;

/// <summary>
/// Lambda's event source mapping of a queue: batches of messages become invocations; what the function does not report as failed is
/// deleted, the rest comes back when its visibility timeout is over, and in the end goes to the dead-letter queue.
/// </summary>
public sealed class QueueEventSource
{
    private readonly MessageQueue _queue;
    private readonly IFunction _function;
    private readonly QueueSourceOptions _options;
    private readonly QueueEventJson _json;
    private long _invocations;
    private long _failedMessages;

    /// <exception cref="QueueException">Lambda would refuse the mapping.</exception>
    public QueueEventSource(MessageQueue queue, IFunction function, QueueSourceOptions options)
    {
        options.Validate(queue.Options);
        (_queue, _function, _options) = (queue, function, options);
        _json = new QueueEventJson(queue.Options);
    }

    /// <summary>Since the mapping was made: invocations, and messages that they left in the queue.</summary>
    public (long Invocations, long FailedMessages) Stats => (Interlocked.Read(ref _invocations), Interlocked.Read(ref _failedMessages));

    /// <summary>Delivers until cancelled, then waits for the invocations under way.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var places = new SemaphoreSlim(_options.MaximumConcurrency);
        using var fault = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var underWay = new HashSet<Task>();
        try
        {
            while (true)
            {
                await places.WaitAsync(fault.Token);
                underWay.RemoveWhere(static task => task.IsCompletedSuccessfully);
                var batch = await _queue.ReceiveAsync(_options.BatchSize, wait: Timeout.InfiniteTimeSpan, cancellationToken: fault.Token);
                fault.Token.ThrowIfCancellationRequested();
                underWay.Add(DeliverAsync(batch, places, fault));
            }
        }
        catch (OperationCanceledException) when (fault.IsCancellationRequested)
        {
            // The host stops, or a delivery could not be recorded; that one's exception comes out below.
        }

        await Task.WhenAll(underWay);
    }

    private async Task DeliverAsync(IReadOnlyList<ReceivedMessage> batch, SemaphoreSlim places, CancellationTokenSource fault)
    {
        try
        {
            var answer = await _function.InvokeAsync(_json.Event(batch), fault.Token);
            Interlocked.Increment(ref _invocations);
            await SettleAsync(batch, QueueAnswer.Failed(answer, batch, _options.ReportBatchItemFailures));
        }
        catch (OperationCanceledException) when (fault.IsCancellationRequested)
        {
            // Not deleted: the messages become visible again.
        }
        catch
        {
            await fault.CancelAsync();
            throw;
        }
        finally
        {
            places.Release();
        }
    }

    private async Task SettleAsync(IReadOnlyList<ReceivedMessage> batch, HashSet<int> failed)
    {
        Interlocked.Add(ref _failedMessages, failed.Count);
        if (failed.Count > 0 && _options.FailedVisibility is { } soon)
        {
            _queue.ChangeVisibility(failed.Select(position => batch[position]), soon);
        }

        await _queue.DeleteAsync(batch.Where((_, position) => !failed.Contains(position)));
    }
}
