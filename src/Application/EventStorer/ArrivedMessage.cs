namespace DataToEvents.Application.EventStorer;

/// <summary>A message as the queue delivers it.</summary>
/// <param name="MessageId">Names this delivery's message in the answer.</param>
/// <param name="GroupId">The queue's group: a stream's messages share one.</param>
/// <param name="Sequence">The queue's sequence number.</param>
/// <param name="Body">The envelope, UTF-8.</param>
public readonly record struct ArrivedMessage(string MessageId, string GroupId, string Sequence, ReadOnlyMemory<byte> Body);
