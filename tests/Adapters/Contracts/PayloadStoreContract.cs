using DataToEvents.Application.EventResponder;
using DataToEvents.Application.Transformer;
using DataToEvents.Emulator.Tests.Http.Contract;

namespace DataToEvents.Adapters.Tests.Contracts;

/// <summary>The contract of a payload store and its reader, as the Transformer and the consumer rely on it.</summary>
public abstract class PayloadStoreContract : PortContract
{
    protected abstract IPayloadStore Payloads { get; }

    protected abstract IPayloadReader Reader { get; }

    /// <returns>The bytes behind a reference that the store gave.</returns>
    protected abstract Task<byte[]> ReadAsync(string reference);

    protected abstract Task<int> CountAsync();

    [ContractFact]
    public async Task A_payload_is_found_by_its_reference_byte_for_byte()
    {
        byte[] payload = [0, 255, 13, 10, .. Encoding.UTF8.GetBytes("José 😀"), 192];

        var reference = await Payloads.PutAsync(payload, "application/octet-stream", default);

        (await ReadAsync(reference)).Should().Equal(payload);
        Uri.IsWellFormedUriString(reference, UriKind.RelativeOrAbsolute).Should().BeTrue();
    }

    [ContractFact]
    public async Task The_reader_finds_a_payload_by_the_last_part_of_its_reference()
    {
        byte[] payload = [0, 255, 13, 10, 192];

        var reference = await Payloads.PutAsync(payload, null, default);

        (await Reader.GetAsync(reference.Split('/')[^1], default))!.Value.ToArray().Should().Equal(payload);
        (await Reader.GetAsync(new string('0', 64) + ".bin", default)).Should().BeNull();
    }

    [ContractFact]
    public async Task The_same_payload_again_is_one_object_with_one_reference()
    {
        var first = await Payloads.PutAsync("payload"u8.ToArray(), "text/plain", default);
        var again = await Payloads.PutAsync("payload"u8.ToArray(), null, default);

        again.Should().Be(first);
        (await CountAsync()).Should().Be(1);
    }

    [ContractFact]
    public async Task A_slice_of_a_bigger_buffer_is_stored_as_the_slice()
    {
        var reference = await Payloads.PutAsync("..payload.."u8.ToArray().AsMemory(2, 7), null, default);

        (await ReadAsync(reference)).Should().Equal("payload"u8.ToArray());
    }

    [ContractFact]
    public async Task A_content_type_may_be_anything_a_producer_writes()
    {
        foreach (var contentType in new[] { "text/plain; charset=utf-8", "no media type", "text/plain\r\nx-evil: 1", "テキスト/😀" })
        {
            var payload = Encoding.UTF8.GetBytes(contentType);
            (await ReadAsync(await Payloads.PutAsync(payload, contentType, default))).Should().Equal(payload);
        }
    }
}
