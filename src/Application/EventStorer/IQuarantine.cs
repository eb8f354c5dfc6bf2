namespace DataToEvents.Application.EventStorer;

/// <summary>Keeps events whose key is already stored with another content, until an operator decides.</summary>
public interface IQuarantine
{
    /// <summary>Stores the event under its stream, key and content. Storing it again changes nothing. Faults are thrown.</summary>
    Task PutAsync(DataEvent conflicting, string sequence, CancellationToken cancellationToken);
}
