namespace DataToEvents.Recovery.Tests;

public sealed class StatusTests : Bed
{
    [Fact]
    public async Task Each_place_where_records_were_set_aside_is_counted_with_the_command_that_helps()
    {
        Path.Transformer.Fails = _ => true;
        await Path.PutAsync(Order(1));
        await Path.SettleAsync();
        Path.Transformer.Fails = null;
        Path.Storer.Fails = _ => true;
        await Path.PutAsync(Order(2));
        await Path.SettleAsync();
        Path.Storer.Fails = null;
        await Path.PutAsync(Order(3));
        await Path.SettleAsync();
        await Path.PutAsync(Order(3, extra: ",\"other\":1"));
        await Path.SettleAsync();
        Path.Responder.Fails = _ => true;
        await Path.PutAsync(Order(4));
        await Path.SettleAsync();
        Path.Emitter.Fails = _ => true;
        await Path.PutAsync(Order(5));
        await Path.SettleAsync();

        var text = await OperatorAsync("status");
        var json = await OperatorAtUrlAsync("status", "--json");

        (text.ExitCode, json.ExitCode).Should().Be((0, 0), "{0}{1}", text.Errors, json.Errors);
        json.Json.GetProperty("setAside").EnumerateArray().Select(place => (place.GetProperty("place").GetString(), place.GetProperty("count").GetInt64())).Should().Equal(
            ("processing-failed objects", 1), ("the queue's dead letters", 1), ("quarantined conflicts", 1), ("on-failure batches", 1), ("the rule's dead letters", 1));
        text.Output.Should().ContainAll("operator failed reingest", "operator dead-letters redrive queue", "operator quarantine list", "operator on-failure recover", "operator dead-letters redrive rule");
        json.Json.GetProperty("hops").EnumerateArray().Select(hop => hop.GetProperty("hop").GetString()).Should().Equal("delivery stream", "lake", "queue", "store", "change stream", "bus");
    }

    [Fact]
    public async Task The_hottest_streams_of_the_lakes_newest_objects_are_named()
    {
        await Path.PutAsync([.. Enumerable.Range(1, 6).Select(number => Order(number, stream: 7)), Order(10, stream: 2), Order(11, stream: 2), Order(12, stream: 3), Order(13, stream: 4)]);
        await Path.SettleAsync();

        var status = await OperatorAsync("status", "--json");

        status.ExitCode.Should().Be(0, "{0}", status.Errors);
        status.Json.GetProperty("hottestStreams").EnumerateArray()
            .Select(stream => (stream.GetProperty("hottestStream").GetString(), stream.GetProperty("events").GetInt64(), stream.GetProperty("ofAll").GetInt64()))
            .Should().Equal(("order-7", 6, 60), ("order-2", 2, 20), ("order-3", 1, 10));
    }

    [Fact]
    public async Task A_share_that_rounds_to_nothing_is_said_to_be_under_one_percent()
    {
        await Path.PutAsync([.. Enumerable.Range(1, 210).Select(number => Order(number, stream: number))]);
        await Path.SettleAsync();

        (await OperatorAsync("status")).Output.Should().MatchRegex(@"order-\d+ +1 +under 1 %");
    }

    [Fact]
    public async Task Watching_looks_again_after_each_interval_until_Ctrl_C()
    {
        using var reader = new WatchingReader(looks: 3, TimeSpan.FromSeconds(5), lastLine: "{");

        var watch = await OperatorShell.WatchAsync(reader, "status", "--watch", "--interval", "5", "--json", "--data", Data.FullName);

        watch.ExitCode.Should().Be(0, "{0}", watch.Errors);
        var looks = watch.Output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        looks.Should().HaveCount(3).And.OnlyContain(look => look.GetProperty("setAside").GetArrayLength() == 5);
        looks.Zip(looks.Skip(1), (one, next) => next.GetProperty("at").GetDateTimeOffset() - one.GetProperty("at").GetDateTimeOffset())
            .Should().AllBeEquivalentTo(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task What_was_not_understood_is_counted_where_a_host_tells_it()
    {
        var hosted = await OperatorAsync("status", "--json");
        await Path.DisposeAsync();
        var alone = await OperatorAsync("status", "--json");
        await OpenAgainAsync();

        hosted.Json.GetProperty("notUnderstood").EnumerateArray().Select(row => $"{row.GetProperty("notUnderstood")} {row.GetProperty("events")}")
            .Should().Equal("unclassified 3", "not_json 0", "time_unusable 0", "invalid_cloudevents 0");
        alone.Json.GetProperty("notUnderstood").EnumerateArray().Should().OnlyContain(row => row.GetProperty("events").ValueKind == JsonValueKind.Null && row.GetProperty("note").GetString()!.Contains("CloudWatch"));
    }

    [Fact]
    public async Task Dead_letters_that_are_hidden_for_now_are_told()
    {
        Path.Storer.Fails = _ => true;
        await Path.PutAsync(Order(1, stream: 1), Order(2, stream: 2), Order(3, stream: 3));
        await Path.SettleAsync();
        await Path.Services.DeadLetters.ReceiveAsync(2);

        var status = await OperatorAsync("status", "--json");

        var letters = status.Json.GetProperty("setAside")[1];
        (letters.GetProperty("count").GetInt64(), letters.GetProperty("note").GetString()).Should().Be((3, "2 hidden for now: somebody looks at them or moves them"));
    }

    [Fact]
    public async Task Without_a_host_the_directory_itself_is_opened_and_what_is_sent_waits_for_a_host()
    {
        Path.Transformer.Fails = _ => true;
        await Path.PutAsync(Order(1));
        await Path.SettleAsync();
        await Path.DisposeAsync();

        var status = await OperatorAsync("status", "--json");
        var reingest = await OperatorAsync("failed", "reingest", "--yes");
        await OpenAgainAsync();
        await Path.SettleAsync();

        status.Json.GetProperty("setAside")[0].GetProperty("count").GetInt64().Should().Be(1);
        reingest.ExitCode.Should().Be(0, "{0}", reingest.Errors);
        reingest.Output.Should().Contain("no host runs");
        ShouldHaveDelivered(Order(1));
        await ShouldVerifyAsync();
    }

    [Fact]
    public async Task Nobody_at_the_address_or_a_missing_name_is_exit_code_3_with_the_cause()
    {
        var nobody = await OperatorShell.RunAsync("status", "--endpoint-url", "http://127.0.0.1:9");
        var missing = await OperatorAsync("dead-letters", "list", "queue", "--dlq", "none.fifo");
        var noDirectory = await OperatorShell.RunAsync("status", "--data", "does-not-exist");
        var both = await OperatorAsync("status", "--endpoint-url", Path.Url);

        (nobody.ExitCode, missing.ExitCode, noDirectory.ExitCode, both.ExitCode).Should().Be((3, 3, 2, 2));
        foreach (var answer in new[] { nobody, missing, noDirectory, both })
        {
            answer.Errors.TrimEnd().Should().StartWith("operator: ").And.NotContain("\n");
        }
    }

    [Theory]
    [InlineData("status", "--nonsense")]
    [InlineData("dead-letters", "list", "elsewhere")]
    [InlineData("failed", "show", "00000000")]
    [InlineData("failed", "reingest", "--rate", "0")]
    [InlineData("nothing")]
    public async Task Bad_input_is_one_line_and_exit_code_2(params string[] arguments)
    {
        var answer = await OperatorAsync(arguments);

        answer.ExitCode.Should().Be(2);
        answer.Errors.TrimEnd().Should().StartWith("operator: ").And.NotContain("\n");
    }
}
