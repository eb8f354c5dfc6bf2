namespace DataToEvents.Operator.Verification;

/// <summary>The path as seen from outside, on AWS or embedded: objects, items and messages.</summary>
internal interface IWorld
{
    /// <summary>Keys of the data bucket in their order.</summary>
    IAsyncEnumerable<string> KeysAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Null when there is no such object.</summary>
    Task<byte[]?> ObjectAsync(string key, CancellationToken cancellationToken);

    /// <summary>Items of one partition of a table, with their text and number attributes.</summary>
    /// <param name="table">Store or view.</param>
    /// <param name="partition">Its partition key's value.</param>
    /// <param name="from">The first sort key; null: from the beginning.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    IAsyncEnumerable<IReadOnlyDictionary<string, string>> ItemsAsync(WorldTable table, string partition, string? from, CancellationToken cancellationToken);

    /// <summary>Whether there is such a queue or table.</summary>
    Task<bool> HasAsync(WorldQueue queue, CancellationToken cancellationToken);

    Task<bool> HasAsync(WorldTable table, CancellationToken cancellationToken);

    /// <summary>Messages that can be received, without taking them out.</summary>
    IAsyncEnumerable<WorldMessage> MessagesAsync(WorldQueue queue, CancellationToken cancellationToken);

    /// <summary>How many messages the queue has, received ones included.</summary>
    Task<long> DepthAsync(WorldQueue queue, CancellationToken cancellationToken);
}

internal enum WorldTable
{
    Store,
    View,
}

internal enum WorldQueue
{
    DeadLetters,
    RuleDeadLetters,
    Audit,
}

/// <param name="Body">UTF-8.</param>
/// <param name="Group">The message group of a FIFO queue.</param>
/// <param name="SentAt">Epoch milliseconds.</param>
internal sealed record WorldMessage(string Body, string? Group, long SentAt);
