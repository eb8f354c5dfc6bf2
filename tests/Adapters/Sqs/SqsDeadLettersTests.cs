using Amazon.Runtime;
using DataToEvents.Adapters.Tests.Contracts;
using DataToEvents.Adapters.Tests.Wire;
using DataToEvents.Application.EventStorer;

namespace DataToEvents.Adapters.Tests.Sqs;

public sealed class SqsDeadLettersTests : DeadLettersContract
{
    private readonly FakeSqs _sqs = new();

    protected override IDeadLetters DeadLetters => FakeSqs.DeadLetters(_sqs.Wire);

    protected override Task<IReadOnlyList<(string Group, string Body)>> ReadAllAsync() => Task.FromResult(_sqs.Messages);

    [Fact]
    public async Task A_refusal_is_thrown_with_its_code()
    {
        var wire = new FakeAws(_ => WireAnswer.JsonError(HttpStatusCode.BadRequest, "com.amazonaws.sqs#QueueDoesNotExist", "The specified queue does not exist."));
        var put = () => FakeSqs.DeadLetters(wire).PutAsync(new ArrivedMessage("m", "g", "1", "x"u8.ToArray()), default);

        (await put.Should().ThrowAsync<AmazonServiceException>()).WithMessage("*QueueDoesNotExist: The specified queue does not exist.");
    }
}
