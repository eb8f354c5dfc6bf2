namespace DataToEvents.Emulator.Queues;

/// <summary>Lets consumers delete messages that they received, or change how long these stay hidden.</summary>
internal sealed class QueueReceipts(QueueState queue)
{
    /// <inheritdoc cref="MessageQueue.DeleteBatchAsync"/>
    public async Task<IReadOnlyList<EntryError?>> DeleteBatchAsync(IReadOnlyList<string> receiptHandles)
    {
        SendRules.CheckCount(receiptHandles.Count, "DeleteMessageBatchRequestEntry");
        var errors = new EntryError?[receiptHandles.Count];
        var messages = new List<Message>(receiptHandles.Count);
        lock (queue.Gate)
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

        await queue.DeleteAsync(messages);
        return errors;
    }

    /// <inheritdoc cref="MessageQueue.ChangeVisibility(string, TimeSpan)"/>
    public EntryError? ChangeVisibility(string receiptHandle, TimeSpan timeout)
    {
        if (timeout < TimeSpan.Zero || timeout > QueueLimits.MaxVisibility)
        {
            return new EntryError("InvalidParameterValue", $"Value {timeout.TotalSeconds} for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and 43200.");
        }

        lock (queue.Gate)
        {
            var error = Resolve(receiptHandle, out var message);
            // A standard queue takes the call after the timeout too, as long as nobody else received the message (recorded on AWS).
            var isLate = message?.HiddenUntilMs is null && !(message is { IsDelayed: false } && !queue.Options.Fifo && IsLastReceipt(receiptHandle, message));
            if (error is not null || isLate)
            {
                return error ?? new EntryError("MessageNotInflight", $"Value {receiptHandle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.");
            }

            SetVisibility(message!, timeout);
            return null;
        }
    }

    private static bool IsLastReceipt(string handle, Message message) => MessageIds.TryReadHandle(handle, out _, out var receipt) && receipt == message.Receipt;

    /// <summary>Deletes the messages that this receive still holds.</summary>
    public Task DeleteAsync(IEnumerable<ReceivedMessage> received)
    {
        List<Message> held;
        lock (queue.Gate)
        {
            held = [.. received.Where(Holds).Select(message => message.Message)];
        }

        return queue.DeleteAsync(held);
    }

    /// <summary>Changes the visibility of the messages that this receive still holds.</summary>
    public void ChangeVisibility(IEnumerable<ReceivedMessage> received, TimeSpan timeout)
    {
        lock (queue.Gate)
        {
            foreach (var message in received.Where(Holds))
            {
                SetVisibility(message.Message, timeout);
            }
        }
    }

    private bool Holds(ReceivedMessage received) =>
        received.Message.Receipt == received.Receipt && received.Message.HiddenUntilMs > queue.NowMs && queue.Backlog.Contains(received.Message);

    private void SetVisibility(Message message, TimeSpan timeout)
    {
        if (timeout > TimeSpan.Zero)
        {
            queue.Backlog.Hide(message, queue.NowMs + (long)timeout.TotalMilliseconds);
            queue.Waiting.Schedule();
        }
        else
        {
            queue.Backlog.Show(message);
            queue.Waiting.WakeOneIfReady();
        }
    }

    /// <returns>
    /// The error of a text that is no receipt handle and, in a FIFO queue, of a handle that has expired. A message that is gone is no error: null twice.
    /// </returns>
    private EntryError? Resolve(string handle, out Message? message)
    {
        message = null;
        if (!MessageIds.TryReadHandle(handle, out var sequence, out var receipt) || sequence < 1 || sequence > queue.Numbers.Last)
        {
            return new EntryError("ReceiptHandleIsInvalid", $"The input receipt handle \"{handle}\" is not a valid receipt handle.");
        }

        if (!queue.Backlog.TryGet(sequence, out message))
        {
            return null;
        }

        queue.Backlog.ShowExpired(queue.NowMs);
        return queue.Options.Fifo && (message.Receipt != receipt || message.HiddenUntilMs is null)
            ? new EntryError("InvalidParameterValue", $"Value {handle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.")
            : null;
    }
}
