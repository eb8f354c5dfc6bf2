namespace DataToEvents.Recovery.Tests;

public sealed class FailedTests : Bed
{
    private const string Failed = "lake/errors/processing-failed/";

    [Fact]
    public async Task Records_that_could_not_be_transformed_are_listed_shown_and_sent_in_again()
    {
        var records = Enumerable.Range(0, 30).Select(number => Order(number, stream: number % 4)).ToArray();
        await FailAsync(records);

        var list = await OperatorAsync("failed", "list", "--json");
        var handle = list.Json.GetProperty("objects")[0].GetProperty("object").GetString()!;
        var show = await OperatorAsync("failed", "show", handle);
        var reingest = await OperatorAsync("failed", "reingest", "--yes", "--json");
        await Path.SettleAsync();

        list.Json.GetProperty("objects").EnumerateArray().Sum(item => item.GetProperty("records").GetInt64()).Should().Be(30);
        list.Output.Should().Contain("Lambda.FunctionError x");
        show.Output.Should().Contain("made by a test").And.Contain("\"eventId\":\"e-0\"");
        (reingest.ExitCode, reingest.Json.GetProperty("reingested").GetInt64()).Should().Be((0, 30));
        ShouldHaveDelivered(records);
        (await KeysAsync(Failed)).Should().BeEmpty();
        (await KeysAsync("recovered/" + Failed)).Should().NotBeEmpty();
        (await OperatorAsync("failed", "reingest", "--yes")).Output.Should().Contain("nothing to do");
        await ShouldVerifyAsync();
    }

    [Fact]
    public async Task A_rate_is_kept()
    {
        var records = Enumerable.Range(0, 5).Select(number => Order(number)).ToArray();
        await FailAsync(records);

        var clock = new LeapingClock();
        await OperatorAsync(clock, "failed", "reingest", "--yes", "--rate", "10");

        clock.Waited.Should().Be(TimeSpan.FromMilliseconds(400), "each of the five waits for the one before");
        await Path.SettleAsync();
        ShouldHaveDelivered(records);
        await ShouldVerifyAsync();
    }

    [Fact]
    public async Task A_record_without_an_id_gets_the_id_of_its_first_arrival_so_that_what_was_queued_already_has_no_second_effect()
    {
        // The Transformer does its work and its answer is lost, so Firehose sets the records aside although their events were queued.
        string[] records = ["""{"device":{"id":"7"},"readings":[1.0]}""", "no json at all", """{"sku":"x","warehouse":"w"}"""];
        Path.Transformer.LosesAnswers = true;
        await Path.PutAsync(records);
        await Path.SettleAsync();
        Path.Transformer.LosesAnswers = false;
        (await KeysAsync(Failed)).Should().NotBeEmpty();

        var reingest = await OperatorAsync("failed", "reingest", "--yes");
        await Path.SettleAsync();

        reingest.ExitCode.Should().Be(0, "{0}", reingest.Errors);
        ShouldHaveDelivered(records);
        await ShouldHoldAsync(3);
        await ShouldVerifyAsync();
    }

    [Fact]
    public async Task Sent_in_twice_as_after_a_crash_the_records_have_one_effect()
    {
        string[] records = ["""{"device":{"id":"7"},"readings":[1.0]}""", Order(1), "text"];
        await FailAsync(records);
        var before = new Dictionary<string, byte[]>();
        foreach (var key in await KeysAsync(Failed))
        {
            before[key] = (await Path.Services.Bucket.GetAsync(key))!;
        }

        await OperatorAsync("failed", "reingest", "--yes");
        await Path.SettleAsync();
        foreach (var (key, content) in before)
        {
            await Path.Services.Bucket.PutAsync(key, content);
        }

        await OperatorAsync("failed", "reingest", "--yes");
        await Path.SettleAsync();

        ShouldHaveDelivered(records);
        await ShouldHoldAsync(3);
        await ShouldVerifyAsync();
    }

    [Fact]
    public async Task Of_identical_records_of_one_batch_those_that_failed_stay_events_of_their_own()
    {
        // Three identical records arrive in one millisecond, and the first one succeeds. Its id must not make the others duplicates.
        const string Text = "tick";
        await Path.PutAsync(Text);
        await Path.SettleAsync();
        var first = (await LakeAsync()).Single();
        var line = $$"""{"attemptsMade":4,"arrivalTimestamp":{{first.AcceptedAt!.Value.ToUnixTimeMilliseconds()}},"errorCode":"Lambda.ProcessingFailedStatus","errorMessage":"x","rawData":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(Text))}}"}""";
        var content = Encoding.UTF8.GetBytes($"{line}\n{line}\n");
        await Path.Services.Bucket.PutAsync(Failed + "made-by-a-test", content);

        await OperatorAsync("failed", "reingest", "--yes");
        await Path.SettleAsync();
        await ShouldHoldAsync(3);

        // The same object is sent again, as after a crash. Now the lake has all three, two of them from the first reingest.
        await Path.Services.Bucket.PutAsync(Failed + "made-by-a-test", content);
        await OperatorAsync("failed", "reingest", "--yes");
        await Path.SettleAsync();
        await ShouldHoldAsync(3);
    }

    [Fact]
    public async Task What_is_over_the_delivery_streams_limit_in_an_envelope_goes_in_with_its_payload_checked_in()
    {
        var binary = Encoding.Latin1.GetString([.. Enumerable.Range(0, 900_000).Select(i => (byte)(0x80 | (i % 120)))]);
        Path.Transformer.Fails = _ => true;
        await PutBytesAsync(Encoding.Latin1.GetBytes(binary));
        await Path.SettleAsync();
        Path.Transformer.Fails = null;

        var reingest = await OperatorAsync("failed", "reingest", "--yes");
        await Path.SettleAsync();

        reingest.ExitCode.Should().Be(0, "{0}", reingest.Errors);
        await ShouldVerifyAsync();
        var reference = Path.Delivered.Should().ContainSingle().Subject.DataRef!;
        (await Path.Services.Bucket.GetAsync(reference["s3://data-events/".Length..])).Should().Equal(Encoding.Latin1.GetBytes(binary));
    }

    [Fact]
    public async Task Several_events_in_one_record_come_back_as_the_events_that_they_were()
    {
        var record = string.Join('\n', Order(1, stream: 1), Order(2, stream: 2), """{"device":{"id":"7"},"readings":[1.0]}""");
        await FailAsync(record);

        await OperatorAsync("failed", "reingest", "--yes");
        await Path.SettleAsync();

        ShouldHaveDelivered(record.Split('\n'));
        await ShouldVerifyAsync();
    }

    [Fact]
    public async Task An_object_that_is_not_firehoses_is_named_and_keeps_nobody_else_back()
    {
        await FailAsync(Order(1));
        await Path.Services.Bucket.PutAsync(Failed + "zzz", "{}\n"u8.ToArray());

        var reingest = await OperatorAsync("failed", "reingest", "--yes");
        await Path.SettleAsync();

        (reingest.ExitCode, reingest.Errors).Should().Match<(int, string)>(answer => answer.Item1 == 1 && answer.Item2.Contains("zzz"));
        ShouldHaveDelivered(Order(1));
        (await KeysAsync(Failed)).Should().Equal(Failed + "zzz");
    }

    private Task PutBytesAsync(byte[] record) => Path.PutAsync([record]);

    private async Task FailAsync(params string[] records)
    {
        Path.Transformer.Fails = _ => true;
        await Path.PutAsync(records);
        await Path.SettleAsync();
        Path.Transformer.Fails = null;
        Path.Delivered.Should().BeEmpty();
    }
}
