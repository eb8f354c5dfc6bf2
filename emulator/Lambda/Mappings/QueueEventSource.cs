using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Lambda.Mappings;

/// <summary>Lambda's event source mapping for a queue: receives messages, invokes the function and deletes the messages that did not fail.</summary>
public sealed class QueueEventSource
{
    private readonly MessageQueue _queue;
    private readonly IInvocable _function;
    private readonly QueueEventSourceOptions _options;
    private readonly EventBuffers _buffers = new();
    private long _invocations;
    private long _failedInvocations;
    private long _failedMessages;
    private long _running;

    /// <exception cref="ServiceException">Lambda would refuse the mapping.</exception>
    public QueueEventSource(MessageQueue queue, IInvocable function, QueueEventSourceOptions options)
    {
        (_queue, _function, _options) = (queue, function, options);
        Mapping = new EventSourceMapping(queue.Options.Arn, function.Name);
        if (options.FunctionTimeout > queue.Options.VisibilityTimeout)
        {
            throw new ServiceException("InvalidParameterValueException", $"Queue visibility timeout: {queue.Options.VisibilityTimeout.TotalSeconds} seconds is less than Function timeout: {options.FunctionTimeout.TotalSeconds} seconds");
        }

        if (options.BatchSize is < 1 or > QueueLimits.MaxBatchEntries || options.MaximumConcurrency < 1)
        {
            throw new ServiceException("InvalidParameterValueException", $"Batch size {options.BatchSize} must be 1 to {QueueLimits.MaxBatchEntries} and maximum concurrency {options.MaximumConcurrency} at least 1.");
        }
    }

    /// <summary>What clients of Lambda see, and disable and enable.</summary>
    public EventSourceMapping Mapping { get; }

    public QueueEventSourceStats Stats => new(
        Interlocked.Read(ref _invocations), Interlocked.Read(ref _failedInvocations), Interlocked.Read(ref _failedMessages), Interlocked.Read(ref _running));

    /// <summary>Serves the queue until cancelled. A fault of the queue or of the function's host ends it with that exception.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Pump.RunAsync(cancellationToken, [.. Enumerable.Repeat<Func<CancellationToken, Task>>(ServeAsync, _options.MaximumConcurrency)]);

    /// <summary>One of the pollers. When it is cancelled, the messages in flight become visible again after their timeout.</summary>
    private async Task ServeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Mapping.WhenEnabledAsync(cancellationToken);
            using var receiving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Mapping.Receiving);
            await ServeAsync(receiving.Token, cancellationToken);
        }
    }

    /// <summary>Serves the queue until the mapping is disabled.</summary>
    private async Task ServeAsync(CancellationToken receiving, CancellationToken cancellationToken)
    {
        while (!receiving.IsCancellationRequested)
        {
            IReadOnlyList<ReceivedMessage> batch;
            try
            {
                batch = await _queue.ReceiveAsync(_options.BatchSize, visibility: null, Timeout.InfiniteTimeSpan, receiving);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return;
            }

            if (batch.Count > 0)
            {
                await ProcessAsync(batch, cancellationToken);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task ProcessAsync(IReadOnlyList<ReceivedMessage> batch, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _invocations);
        var failed = await InvokeAsync(batch, cancellationToken);
        Interlocked.Add(ref _failedMessages, failed.Count);
        await _queue.DeleteAsync(failed.Count == 0 && _options.DeleteFails is null ? batch : batch.Where(message => IsDeleted(message, failed)));
        if (failed.Count > 0 && _options.FailedVisibility is { } visibility)
        {
            _queue.ChangeVisibility(failed, visibility);
        }
    }

    private bool IsDeleted(ReceivedMessage message, HashSet<ReceivedMessage> failed) =>
        !failed.Contains(message) && _options.DeleteFails?.Invoke(message.MessageId) != true;

    private async Task<HashSet<ReceivedMessage>> InvokeAsync(IReadOnlyList<ReceivedMessage> batch, CancellationToken cancellationToken)
    {
        var buffer = _buffers.Rent();
        QueueEvent.Write(buffer.Writer, batch, _queue.Options);
        Interlocked.Increment(ref _running);
        var result = await _function.InvokeAsync(buffer.Written, cancellationToken);
        Interlocked.Decrement(ref _running);
        _buffers.Return(buffer);
        var failed = Failed(batch, result);
        if (failed is null)
        {
            Interlocked.Increment(ref _failedInvocations);
        }

        return failed ?? [.. batch];
    }

    /// <returns>The failed messages; null: the whole batch.</returns>
    private HashSet<ReceivedMessage>? Failed(IReadOnlyList<ReceivedMessage> batch, InvocationResult result)
    {
        if (BatchResponse.Failures(result, _options.ReportBatchItemFailures) is not { } identifiers)
        {
            return null;
        }

        var failed = new HashSet<ReceivedMessage>();
        foreach (var identifier in identifiers)
        {
            var message = batch.FirstOrDefault(message => message.MessageId.ToString() == identifier);
            if (message is null)
            {
                return null;
            }

            failed.Add(message);
        }

        return failed;
    }
}

/// <summary>Counts of a queue's mapping since it started.</summary>
/// <param name="Invocations">Invocations of the function.</param>
/// <param name="FailedInvocations">Invocations whose whole batch failed.</param>
/// <param name="FailedMessages">Messages that failed and will be received again.</param>
/// <param name="Running">Invocations that run now.</param>
public sealed record QueueEventSourceStats(long Invocations, long FailedInvocations, long FailedMessages, long Running);
