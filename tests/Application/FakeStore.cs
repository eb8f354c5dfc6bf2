using DataToEvents.Application.EventStorer;
using DataToEvents.Domain;

namespace DataToEvents.Application.Tests;

/// <summary>Keeps the events of every append call, and answers as the test says.</summary>
internal sealed class FakeStore(Func<EventToStore, AppendOutcome>? fate = null) : IEventStore
{
    public List<EventToStore> Asked { get; } = [];

    public List<IReadOnlyList<EventToStore>> Calls { get; } = [];

    public Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<EventToStore> batch, CancellationToken cancellationToken)
    {
        Asked.AddRange(batch);
        Calls.Add(batch);
        return Task.FromResult<IReadOnlyList<AppendOutcome>>([.. batch.Select(item => fate?.Invoke(item) ?? new AppendOutcome(AppendKind.Stored))]);
    }
}

internal sealed class FakeDeadLetterPort(Exception? fault = null) : IDeadLetters
{
    public List<string> Taken { get; } = [];

    public Task PutAsync(ArrivedMessage message, CancellationToken cancellationToken)
    {
        Taken.Add(message.MessageId);
        return fault is null ? Task.CompletedTask : throw fault;
    }
}

internal sealed class FakeQuarantine(Exception? fault = null) : IQuarantine
{
    public List<DataEvent> Taken { get; } = [];

    public Task PutAsync(DataEvent conflicting, string sequence, CancellationToken cancellationToken)
    {
        Taken.Add(conflicting);
        return fault is null ? Task.CompletedTask : throw fault;
    }
}
