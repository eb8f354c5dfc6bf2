using DataToEvents.Emulator.Buses;

namespace DataToEvents.Emulator.Tests.Buses;

public class PutEventsTests
{
    [Fact]
    public async Task Invalid_entries_get_an_error_and_the_others_an_id()
    {
        await using var bed = await BusBed.OpenAsync();
        BusEntry[] entries =
        [
            BusBed.Entry(1),
            BusBed.Entry("[1]"),
            BusBed.Entry("{"),
            BusBed.Entry("{} {}"),
            BusBed.Entry(2) with { Detail = new byte[] { (byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}' } },
            BusBed.Entry(2) with { Source = null },
            BusBed.Entry(2) with { Detail = default },
            BusBed.Entry(2) with { DetailType = new string('x', 129) },
            BusBed.Entry(2) with { Source = "aws.s3" },
            BusBed.Entry(3),
        ];

        var results = await bed.Bus.PutEventsAsync(entries);

        results.Select(result => result.ErrorCode).Should().Equal(
            null, "MalformedDetail", "MalformedDetail", "MalformedDetail", "MalformedDetail", "InvalidArgument", "InvalidArgument", "InvalidArgument", "NotAuthorizedForSource", null);
        results.Select(result => result.EventId is null).Should().Equal(results.Select(result => result.ErrorCode is not null));
        bed.Bus.Stats.Should().BeEquivalentTo(new { Published = 2, Pending = 2 });
    }

    [Theory]
    [InlineData(1_000, null)]
    [InlineData(1_001, "MalformedDetail")]
    public async Task A_detail_may_be_nested_a_thousand_levels_deep(int levels, string? error)
    {
        await using var bed = await BusBed.OpenAsync();
        var detail = string.Concat(Enumerable.Repeat("{\"a\":", levels - 1)) + "{}" + new string('}', levels - 1);

        var results = await bed.Bus.PutEventsAsync([BusBed.Entry(detail)]);

        results[0].ErrorCode.Should().Be(error);
    }

    [Theory]
    [InlineData("9223372036854775807", null)]
    [InlineData("-9223372036854775808", null)]
    [InlineData("9223372036854775808.5", null)]
    [InlineData("9223372036854775808", "MalformedDetail")]
    [InlineData("-9223372036854775809", "MalformedDetail")]
    public async Task An_integer_of_a_detail_has_at_most_64_bits(string number, string? error)
    {
        await using var bed = await BusBed.OpenAsync();

        var results = await bed.Bus.PutEventsAsync([BusBed.Entry($$"""{"a":[{"b":{{number}}}]}"""), BusBed.Entry(2)]);

        results.Select(result => result.ErrorCode).Should().Equal(error, null);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public async Task A_call_has_one_to_ten_entries(int count)
    {
        await using var bed = await BusBed.OpenAsync();

        var call = () => bed.PutAsync([.. Enumerable.Range(0, count)]);

        (await call.Should().ThrowAsync<ServiceException>()).Which.Code.Should().Be("ValidationException");
    }

    [Fact]
    public async Task Size_counts_the_time_as_14_bytes_and_the_strings_as_utf8()
    {
        var entry = new BusEntry("é", "ab", "{}"u8.ToArray(), DateTimeOffset.UnixEpoch, ["arn", "ü"]);
        await using var exact = await BusBed.OpenAsync(options: given => given with { MaxRequestBytes = entry.Size * 2 });
        await using var less = await BusBed.OpenAsync(options: given => given with { MaxRequestBytes = (entry.Size * 2) - 1 });

        var results = await exact.Bus.PutEventsAsync([entry, entry]);
        var refused = () => less.Bus.PutEventsAsync([entry, entry]);

        entry.Size.Should().Be(14 + 2 + 2 + 2 + 3 + 2);
        results.Should().OnlyContain(result => result.ErrorCode == null);
        await refused.Should().ThrowAsync<ServiceException>().WithMessage("*over the limit*");
    }

    [Fact]
    public void An_event_has_EventBridges_shape_and_the_detail_byte_for_byte() => OneThread.Run(async () =>
    {
        const string Detail = """{ "n" : 1.0, "x":1E400, "José": "\u00e9\ud800",  "deep":[[[null]]] }""";
        await using var bed = await BusBed.OpenAsync();
        ReadOnlyMemory<byte> delivered = default;
        bed.Delivered = detail => delivered = detail;
        bed.Run();

        var put = await bed.Bus.PutEventsAsync([new BusEntry("shop", "So\"ld", Encoding.UTF8.GetBytes(Detail), DateTimeOffset.UnixEpoch.AddMilliseconds(999), ["arn:1"])]);
        await OneThread.IdleAsync();

        Encoding.UTF8.GetString(delivered.Span).Should().Be(Detail);
        var item = bed.Target.Events.Single();
        item.AsObject().Select(member => member.Key).Should().Equal("version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail");
        item["id"]!.GetValue<string>().Should().Be(put[0].EventId);
        item["detail-type"]!.GetValue<string>().Should().Be("So\"ld");
        item["time"]!.GetValue<string>().Should().Be("1970-01-01T00:00:00Z");
        item["resources"]!.ToJsonString().Should().Be("""["arn:1"]""");
    });

    [Fact]
    public async Task A_seed_reproduces_the_ids()
    {
        await using var one = await BusBed.OpenAsync();
        await using var two = await BusBed.OpenAsync();

        var first = await one.Bus.PutEventsAsync([BusBed.Entry(1), BusBed.Entry(2)]);
        var second = await two.Bus.PutEventsAsync([BusBed.Entry(1), BusBed.Entry(2)]);

        second.Should().Equal(first);
        first[0].EventId.Should().NotBe(first[1].EventId);
    }
}
