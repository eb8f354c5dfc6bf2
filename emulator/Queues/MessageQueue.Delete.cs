namespace DataToEvents.Emulator.Queues;

public sealed partial class MessageQueue
{
    /// <summary>Deletes received messages. Deleting a message again succeeds.</summary>
    /// <param name="receiptHandles">1 to 10.</param>
    /// <returns>For each handle its error, or null. What succeeded is durable.</returns>
    /// <exception cref="QueueException">SQS would refuse the call as a whole.</exception>
    public async Task<IReadOnlyList<EntryError?>> DeleteBatchAsync(IReadOnlyList<string> receiptHandles)
    {
        SendRules.CheckCount(receiptHandles.Count, "DeleteMessageBatchRequestEntry");
        var errors = new EntryError?[receiptHandles.Count];
        var messages = new List<Message>(receiptHandles.Count);
        lock (_gate)
        {
            for (var i = 0; i < errors.Length; i++)
            {
                errors[i] = Resolve(receiptHandles[i], out var message);
                if (errors[i] is null && message is not null)
                {
                    messages.Add(message);
                }
            }
        }

        await DeleteAsync(messages);
        return errors;
    }

    /// <summary>Hides a received message for so long from now on; zero makes it visible at once.</summary>
    /// <returns>The error, or null.</returns>
    public EntryError? ChangeVisibility(string receiptHandle, TimeSpan timeout)
    {
        if (timeout < TimeSpan.Zero || timeout > QueueLimits.MaxVisibility)
        {
            return new EntryError("InvalidParameterValue", $"Value {timeout.TotalSeconds} for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and 43200.");
        }

        lock (_gate)
        {
            var error = Resolve(receiptHandle, out var message);
            if (error is not null || message?.HiddenUntilMs is null)
            {
                return error ?? new EntryError("MessageNotInflight", $"Value {receiptHandle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.");
            }

            SetVisibility(message, timeout);
            return null;
        }
    }

    /// <summary>Deletes what was received just now, if this receive still holds it.</summary>
    internal Task DeleteAsync(IEnumerable<ReceivedMessage> received)
    {
        List<Message> held;
        lock (_gate)
        {
            held = [.. received.Where(Holds).Select(message => message.Message)];
        }

        return DeleteAsync(held);
    }

    internal void ChangeVisibility(IEnumerable<ReceivedMessage> received, TimeSpan timeout)
    {
        lock (_gate)
        {
            foreach (var message in received.Where(Holds))
            {
                SetVisibility(message.Message, timeout);
            }
        }
    }

    private bool Holds(ReceivedMessage received) =>
        received.Message.Receipt == received.Receipt && received.Message.HiddenUntilMs > NowMs && _backlog.Contains(received.Message);

    private async Task DeleteAsync(List<Message> messages)
    {
        if (messages.Count == 0)
        {
            return;
        }

        var rememberFrom = RememberFromMs;
        await _database.InTransactionAsync(
            connection => _journal.Delete(connection, messages, rememberFrom),
            () => Deleted(messages));
    }

    private void Deleted(List<Message> messages)
    {
        lock (_gate)
        {
            _counters.Deleted += messages.Count;
            messages.ForEach(Forget);
            if (_backlog.HasTurn)
            {
                WakeOne();
            }
        }
    }

    private void SetVisibility(Message message, TimeSpan timeout)
    {
        if (timeout > TimeSpan.Zero)
        {
            _backlog.Hide(message, NowMs + (long)timeout.TotalMilliseconds);
            Schedule();
            return;
        }

        _backlog.Show(message);
        if (_backlog.HasTurn)
        {
            WakeOne();
        }
    }

    /// <returns>The error of a handle that is none or, with a FIFO queue, no longer good. A message that is gone is no error.</returns>
    private EntryError? Resolve(string handle, out Message? message)
    {
        message = null;
        if (!MessageIds.TryReadHandle(handle, out var sequence, out var receipt) || sequence < 1 || sequence > _sequence)
        {
            return new EntryError("ReceiptHandleIsInvalid", $"The input receipt handle \"{handle}\" is not a valid receipt handle.");
        }

        if (!_backlog.TryGet(sequence, out message))
        {
            return null;
        }

        _backlog.ShowExpired(NowMs);
        return Options.Fifo && (message.Receipt != receipt || message.HiddenUntilMs is null)
            ? new EntryError("InvalidParameterValue", $"Value {handle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.")
            : null;
    }
}
