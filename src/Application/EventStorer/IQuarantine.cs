using DataToEvents.Domain;

namespace DataToEvents.Application.EventStorer;

/// <summary>Keeps events that came under an id that another content already has, until an operator decides.</summary>
public interface IQuarantine
{
    /// <summary>Puts an event aside under its stream, id and content, so that doing it again changes nothing. Faults are thrown.</summary>
    Task PutAsync(DataEvent conflicting, string sequence, CancellationToken cancellationToken);
}
