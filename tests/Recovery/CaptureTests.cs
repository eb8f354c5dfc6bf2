using DataToEvents.Domain;

namespace DataToEvents.Recovery.Tests;

/// <summary>`capture`: real events as records that can be sent in again.</summary>
public sealed class CaptureTests : Bed
{
    [Fact]
    public async Task What_was_captured_and_is_sent_in_again_with_its_ids_has_no_second_effect()
    {
        await PutAsync([.. Enumerable.Range(1, 5).Select(number => Order(number, stream: number % 2))]);

        foreach (var source in new[] { "lake", "store" })
        {
            var lines = await CaptureAsync(5, "--source", source);
            await PutAsync(lines);
        }

        await ShouldHoldAsync(5);
        (await KeysAsync("quarantine/")).Should().BeEmpty();
    }

    [Fact]
    public async Task With_renewed_ids_each_event_is_a_new_one_of_its_stream_with_the_same_payload()
    {
        await PutAsync(Order(1), Order(2, stream: 2));

        await PutAsync(await CaptureAsync(2, "--ids", "renew"));

        await ShouldHoldAsync(4);
        foreach (var copies in Path.Delivered.GroupBy(item => item.Stream))
        {
            copies.Select(item => Encoding.UTF8.GetString(item.Payload()!)).Distinct().Should().ContainSingle();
            copies.Select(item => item.Id).Should().OnlyHaveUniqueItems();
        }
    }

    [Fact]
    public async Task A_large_payload_comes_inline()
    {
        var large = Order(1, extra: $",\"note\":\"{new string('x', 300_000)}\"");
        await PutAsync(large);

        var line = (await CaptureAsync(1)).Single();

        DataEvent.Parse(Encoding.UTF8.GetBytes(line)).Payload().Should().Equal(Encoding.UTF8.GetBytes(large));
    }

    [Fact]
    public async Task Masks_hide_values_and_leave_all_other_bytes()
    {
        await PutAsync(Order(1));
        var catalog = System.IO.Path.Combine(Data.FullName, "mask.catalog.json");
        await File.WriteAllTextAsync(catalog, """
            {"source":"urn:datatoevents","unclassified":{"type":"data.unclassified","shards":16},
             "events":[{"type":"order","match":[{"pointer":"/orderId"}],"stream":"/orderId","streamPrefix":"order-","id":"/eventId","mask":[{"pointer":"/who","how":"remove"}]}]}
            """);

        var line = (await CaptureAsync(1, "--mask", catalog)).Single();

        line.Should().NotContain("José");
        Encoding.UTF8.GetString(DataEvent.Parse(Encoding.UTF8.GetBytes(line)).Payload()!).Should().Be("""{"kind":"order","orderId":"1","eventId":"e-1","n":1.0}""");
    }

    [Fact]
    public async Task A_sample_has_whole_streams_and_the_same_ones_each_time()
    {
        await PutAsync([.. Enumerable.Range(1, 60).Select(number => Order(number, stream: number % 20))]);

        var sample = await CaptureAsync(null, "--sample", "4");

        (await CaptureAsync(null, "--sample", "4")).Should().BeEquivalentTo(sample);
        var streams = sample.Select(line => DataEvent.Parse(Encoding.UTF8.GetBytes(line))).GroupBy(item => item.Stream).ToList();
        streams.Should().HaveCountLessThan(20).And.NotBeEmpty();
        streams.Should().AllSatisfy(stream => stream.Should().HaveCount(3));
        sample.Should().HaveCount(3 * streams.Count);
    }

    [Fact]
    public async Task Only_a_type_or_a_stream_and_what_does_not_go_together_is_refused()
    {
        await PutAsync(Order(1), """{"device":{"id":"7"},"readings":[20.5]}""", Order(2, stream: 2));

        (await CaptureAsync(1, "--type", "device")).Single().Should().Contain("readings");
        (await CaptureAsync(1, "--stream", "order-2")).Single().Should().Contain("e-2");
        var both = await OperatorAsync("capture", "--from", "1h", "--sample", "2", "--stream", "order-2");
        (both.ExitCode, both.Errors).Should().Be((2, "operator: --sample chooses among streams, and --stream names one; allowed: one of them.\n"));
        var late = await OperatorAsync("capture", "--from", "1h", "--to", "2h");
        (late.ExitCode, late.Errors).Should().Be((2, "operator: --from is later than --to; allowed: an earlier time.\n"));
    }

    private async Task<string[]> CaptureAsync(int? events, params string[] options)
    {
        var captured = await OperatorAsync(["capture", "--from", "1h", .. options]);
        captured.ExitCode.Should().Be(0, "{0}", captured.Errors);
        var lines = captured.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        captured.Errors.Should().StartWith($"{lines.Length} event");
        (events ?? lines.Length).Should().Be(lines.Length);
        return lines;
    }

    private async Task PutAsync(params string[] records)
    {
        await Path.PutAsync(records);
        await Path.SettleAsync();
    }
}
