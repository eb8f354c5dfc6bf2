namespace DataToEvents.Emulator.Queues;

/// <summary>Checks a batch to send as SQS does.</summary>
internal static class SendRules
{
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c)]);
    private static readonly SearchValues<char> EntryIdCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
    private static readonly SearchValues<byte> ForbiddenControls = SearchValues.Create([.. Enumerable.Range(0, 0x20).Except([0x9, 0xA, 0xD]).Select(c => (byte)c)]);

    /// <exception cref="ServiceException">SQS would refuse the call as a whole.</exception>
    public static void CheckBatch(IReadOnlyList<SendEntry> entries, QueueOptions queue)
    {
        CheckCount(entries.Count, "SendMessageBatchRequestEntry");
        CheckIds([.. entries.Where(static entry => entry.Id is not null).Select(static entry => entry.Id!)]);
        if (entries.Select(entry => MissingFifoParameter(entry, queue)).FirstOrDefault(static missing => missing is not null) is { } missing)
        {
            // Recorded on AWS: one such entry fails the call, and with another code than SendMessage has for it.
            throw new ServiceException("InvalidParameterValue", missing.Message);
        }

        var bytes = 0L;
        foreach (var entry in entries)
        {
            bytes += entry.Body.Length + MessageAttributes.Size(entry.Attributes);
        }

        if (bytes > QueueLimits.MaxBatchBytes)
        {
            throw new ServiceException("AWS.SimpleQueueService.BatchRequestTooLong", $"Batch requests cannot be longer than {QueueLimits.MaxBatchBytes} bytes. You have sent {bytes} bytes.");
        }
    }

    /// <summary>Checks that a batch has 1 to 10 entries.</summary>
    public static void CheckCount(int entries, string kind)
    {
        if (entries == 0)
        {
            throw new ServiceException("AWS.SimpleQueueService.EmptyBatchRequest", $"There should be at least one {kind} in the request.");
        }

        if (entries > QueueLimits.MaxBatchEntries)
        {
            throw new ServiceException("AWS.SimpleQueueService.TooManyEntriesInBatchRequest", $"Maximum number of entries per request are {QueueLimits.MaxBatchEntries}. You have sent {entries}.");
        }
    }

    /// <summary>Checks one entry on its own.</summary>
    /// <returns>Its error, or null.</returns>
    public static EntryError? Check(SendEntry entry, QueueOptions queue)
    {
        return CheckId(entry.GroupId, "MessageGroupId") ?? CheckId(entry.DeduplicationId, "MessageDeduplicationId")
            ?? CheckLength(entry, queue.MaxMessageBytes) ?? CheckDelay(entry.Delay, queue) ?? CheckBody(entry.Body.Span);
    }

    /// <summary>Checks that an entry for a FIFO queue names its message group and its deduplication id.</summary>
    /// <returns>The error, or null.</returns>
    public static EntryError? MissingFifoParameter(SendEntry entry, QueueOptions queue) =>
        !queue.Fifo ? null
        : string.IsNullOrEmpty(entry.GroupId) ? new EntryError("MissingParameter", "The request must contain the parameter MessageGroupId.")
        : !queue.ContentBasedDeduplication && entry.DeduplicationId is null
            ? new EntryError("InvalidParameterValue", "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly")
            : null;

    /// <summary>Checks the ids of a batch's entries.</summary>
    /// <exception cref="ServiceException">SQS would refuse the call as a whole.</exception>
    public static void CheckIds(IReadOnlyList<string> ids)
    {
        for (var i = 0; i < ids.Count; i++)
        {
            var id = ids[i];
            if (id.Length is 0 or > QueueLimits.MaxEntryIdLength || id.AsSpan().ContainsAnyExcept(EntryIdCharacters))
            {
                throw new ServiceException("AWS.SimpleQueueService.InvalidBatchEntryId", "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.");
            }

            for (var j = 0; j < i; j++)
            {
                if (ids[j] == id)
                {
                    throw new ServiceException("AWS.SimpleQueueService.BatchEntryIdsNotDistinct", $"Id {id} repeated.");
                }
            }
        }
    }

    private static EntryError? CheckId(string? value, string parameter) =>
        value is not null && (value.Length is 0 or > QueueLimits.MaxIdLength || value.AsSpan().ContainsAnyExcept(IdCharacters))
            ? new EntryError("InvalidParameterValue", $"Value {value} for parameter {parameter} is invalid. Reason: {parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.")
            : null;

    private static EntryError? CheckDelay(TimeSpan? delay, QueueOptions queue)
    {
        var seconds = delay?.TotalSeconds ?? 0;
        return seconds != 0 && queue.Fifo ? Invalid("The request include parameter that is not valid for this queue type.")
            : seconds is < 0 or > QueueLimits.MaxDelaySeconds ? Invalid($"DelaySeconds must be >= 0 and <= {QueueLimits.MaxDelaySeconds}.")
            : null;

        EntryError Invalid(string reason) => new("InvalidParameterValue", $"Value {seconds} for parameter DelaySeconds is invalid. Reason: {reason}");
    }

    /// <summary>Recorded on AWS: for an entry of a batch, which has an id, the message has another text.</summary>
    private static EntryError? CheckLength(SendEntry entry, int max) => entry.Body.Length + MessageAttributes.Size(entry.Attributes) > max
        ? new EntryError("InvalidParameterValue", $"One or more parameters {(entry.Id is null ? "are invalid" : "cannot be validated")}. Reason: Message must be shorter than {max} bytes.")
        : null;

    // SQS allows #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF. Valid UTF-8 has no surrogates, so that three things remain to be checked.
    private static EntryError? CheckBody(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return new EntryError("MissingParameter", "The request must contain the parameter MessageBody.");
        }

        return !Utf8.IsValid(body) || body.ContainsAny(ForbiddenControls) || body.IndexOf("\uFFFE"u8) >= 0 || body.IndexOf("\uFFFF"u8) >= 0
            ? new EntryError("InvalidMessageContents", "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.")
            : null;
    }
}
