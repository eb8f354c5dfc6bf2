namespace DataToEvents.Application.EventStorer;

/// <summary>The queue's dead-letter queue. The EventStorer puts messages there that no retry helps, so that they do not hold up their streams until the queue gives them up.</summary>
public interface IDeadLetters
{
    /// <summary>Adds the message with its body and its group. Adding it again within five minutes changes nothing. Faults are thrown.</summary>
    Task PutAsync(ArrivedMessage message, CancellationToken cancellationToken);
}
