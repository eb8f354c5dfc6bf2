using DataToEvents.Adapters.Formats;

namespace DataToEvents.Adapters.Tests.Formats;

public sealed class PayloadObjectTests
{
    [Fact]
    public void A_payload_lies_under_its_hash() =>
        PayloadObject.Key("abc"u8).Should().Be("payloads/ba/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.bin");
}
