using DataToEvents.Adapters.Tests.Contracts;
using DataToEvents.Application.Transformer;

namespace DataToEvents.Adapters.Tests.Sqs;

public sealed class SqsEventQueueTests : EventQueueContract
{
    private readonly FakeSqs _sqs = new();

    protected override IEventQueue Queue => FakeSqs.Queue(_sqs.Wire);

    protected override Task<IReadOnlyList<ReadOnlyMemory<byte>>> DeliverAsync() =>
        Task.FromResult<IReadOnlyList<ReadOnlyMemory<byte>>>([.. _sqs.Messages.Select(message => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(message.Body))]);

    [Fact]
    public async Task A_batch_is_one_call()
    {
        await Queue.SendAsync([.. Enumerable.Range(0, 10).Select(number => Some.Event($"s-{number}"))], default);

        _sqs.Wire.Requests.Should().ContainSingle().Which.Operation.Should().Be("SendMessageBatch");
    }

    [Theory]
    [InlineData("01", "Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=b7ad6b7169203331;Sampled=1")]
    [InlineData("00", null)]
    public async Task A_message_carries_its_trace_for_XRay_when_the_trace_is_recorded(string flags, string? header)
    {
        await Queue.SendAsync([Some.Event(trace: $"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-{flags}")], default);

        using var sent = JsonDocument.Parse(_sqs.Wire.Requests.Single().Body);
        var entry = sent.RootElement.GetProperty("Entries")[0];
        (entry.TryGetProperty("MessageSystemAttributes", out var attributes) ? attributes.GetProperty("AWSTraceHeader").GetProperty("StringValue").GetString() : null).Should().Be(header);
    }

    [Theory]
    [InlineData("order-7.a:b/c", "order-7.a:b/c")]
    [InlineData("a b", "sha256-c8687a08aa5d6ed2044328fa6a697ab8e96dc34291e8c2034ae8c38e6fcc6d65")]
    public async Task A_group_is_the_stream_where_SQS_takes_its_name_and_else_its_hash(string stream, string group)
    {
        await Queue.SendAsync([Some.Event(stream)], default);

        _sqs.Messages.Should().ContainSingle().Which.Group.Should().Be(group);
    }
}
