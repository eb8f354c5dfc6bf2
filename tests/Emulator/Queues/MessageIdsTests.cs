using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Tests.Queues;

public class MessageIdsTests
{
    /// <summary>Rows on disk hold no id, so a later version must compute the same ids.</summary>
    [Theory]
    [InlineData(0x0123456789ABCDEF, 1, "f272025a-33cf-1795-8ed9-be440add9ea7")]
    [InlineData(0x0123456789ABCDEF, 2, "64a64cf8-f66d-c2b3-d7f0-64ea5f4ce83c")]
    [InlineData(-1, 1_000_000, "a4938b55-8e29-42d0-5623-7cc56218fc62")]
    public void The_id_of_a_message_is_computed_from_the_seed_of_its_queue_and_its_sequence_number(long seed, long sequence, string id) =>
        MessageIds.Of(seed, sequence).Should().Be(Guid.Parse(id));

    [Fact]
    public void A_receipt_handle_holds_the_sequence_number_and_the_receipt()
    {
        var handle = MessageIds.Handle(258, -2);

        handle.Should().Be("AgEAAAAAAAD+/////////w==");
        MessageIds.TryReadHandle(handle, out var sequence, out var receipt).Should().BeTrue();
        (sequence, receipt).Should().Be((258, -2));
    }
}
