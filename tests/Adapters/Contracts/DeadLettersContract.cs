using DataToEvents.Application.EventStorer;
using DataToEvents.Emulator.Tests.Http.Contract;

namespace DataToEvents.Adapters.Tests.Contracts;

/// <summary>The contract of a dead-letter queue, as the EventStorer relies on it.</summary>
public abstract class DeadLettersContract : PortContract
{
    protected abstract IDeadLetters DeadLetters { get; }

    /// <summary>Group and body of each message in the queue, in its order.</summary>
    protected abstract Task<IReadOnlyList<(string Group, string Body)>> ReadAllAsync();

    [ContractFact]
    public async Task A_message_keeps_its_group_and_its_body_whatever_it_holds()
    {
        await DeadLetters.PutAsync(Message("m-1", "no event: \"é\" 😀\t"), default);

        (await ReadAllAsync()).Should().Equal(("orders-1", "no event: \"é\" 😀\t"));
    }

    [ContractFact]
    public async Task A_message_that_comes_again_is_there_once()
    {
        await DeadLetters.PutAsync(Message("m-1", "x"), default);
        await DeadLetters.PutAsync(Message("m-1", "x"), default);
        await DeadLetters.PutAsync(Message("m-2", "x"), default);

        (await ReadAllAsync()).Should().HaveCount(2);
    }

    private static ArrivedMessage Message(string id, string body) => new(id, "orders-1", "1", Encoding.UTF8.GetBytes(body));
}
