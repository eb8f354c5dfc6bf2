namespace DataToEvents.Recovery.Tests;

/// <summary>`events`: what happened to one event, wherever it is.</summary>
public sealed class EventsTests : Bed
{
    [Fact]
    public async Task A_delivered_event_is_told_with_each_place_that_it_passed_and_its_bytes()
    {
        await Path.PutAsync(Order(1));
        await Path.SettleAsync();

        var text = await OperatorAsync("events", "get", "e-1");
        var json = await OperatorAtUrlAsync("events", "get", "e-1", "--json");

        text.ExitCode.Should().Be(0, "{0}", text.Errors);
        text.Output.Should().ContainAll("event e-1 of urn:datatoevents/order, order, stream order-1", "It was delivered to the consumer.", Order(1));
        var found = One(json);
        Hops(found).Should().Equal("accepted", "lake", "stored", "delivered");
        found.GetProperty("envelope").GetString().Should().Contain($"\"data\":{Order(1)}").And.Contain("\"dtesequence\"");
        var times = found.GetProperty("journey").EnumerateArray().Where(step => step.GetProperty("hop").GetString() != "lake").Select(step => step.GetProperty("at").GetDateTimeOffset()).ToList();
        times.Should().BeInAscendingOrder();
    }

    [Fact]
    public async Task An_event_is_found_in_each_place_where_it_can_be_set_aside_with_the_command_that_brings_it_back()
    {
        Path.Transformer.Fails = _ => true;
        await PutAsync(Order(1));
        Path.Transformer.Fails = null;
        Path.Storer.Fails = _ => true;
        await PutAsync(Order(2, stream: 2));
        Path.Storer.Fails = null;
        await PutAsync(Order(3, stream: 3));
        await PutAsync(Order(3, stream: 3, extra: ",\"other\":1"));
        Path.Responder.Fails = _ => true;
        await PutAsync(Order(4, stream: 4));
        Path.Responder.Fails = null;
        Path.Emitter.Fails = _ => true;
        await PutAsync(Order(5, stream: 5));
        Path.Emitter.Fails = null;

        foreach (var (id, hops, cure) in new (string, string[], string)[]
        {
            ("e-1", ["accepted", "set aside: not transformed"], "operator failed reingest"),
            ("e-2", ["accepted", "lake", "set aside: not stored"], "operator dead-letters redrive queue"),
            ("e-4", ["accepted", "lake", "stored", "set aside: not delivered"], "operator dead-letters redrive rule"),
            ("e-5", ["accepted", "lake", "stored", "set aside: not published"], "operator on-failure recover"),
        })
        {
            var found = One(await OperatorAsync("events", "get", id, "--json"));

            Hops(found).Should().Equal(hops);
            found.GetProperty("state").GetString().Should().StartWith("It lies in ").And.Contain(cure);
        }

        var conflict = One(await OperatorAsync("events", "get", "e-3", "--json"));
        Hops(conflict).Should().Equal("accepted", "lake", "lake", "set aside: conflict", "stored", "delivered");
        conflict.GetProperty("state").GetString().Should().Be("It was delivered to the consumer.");
        conflict.GetProperty("envelope").GetString().Should().NotContain("other");
    }

    [Fact]
    public async Task An_event_that_waits_in_the_queue_is_said_to_wait_there()
    {
        Path.Storer.Fails = _ => true;
        await PutAsync(Order(1));
        await Path.Services.DeadLetters.ReceiveAsync(1);

        // Its message is hidden: the lake alone shows it.
        var found = One(await OperatorAsync("events", "get", "e-1", "--json"));

        Hops(found).Should().Equal("accepted", "lake");
        found.GetProperty("state").GetString().Should().StartWith("It passed the Transformer and is not stored yet");
    }

    [Fact]
    public async Task An_event_in_the_store_that_no_consumer_has_is_found_by_its_stream()
    {
        Path.Responder.Fails = _ => true;
        await PutAsync(Order(1));
        await Path.Services.RuleDeadLetters.ReceiveAsync(10);

        var found = One(await OperatorAsync("events", "get", "e-1", "--stream", "order-1", "--json"));

        Hops(found).Should().Equal("accepted", "lake", "stored");
        found.GetProperty("state").GetString().Should().StartWith("It is stored, and the consumer has not taken it yet");
    }

    [Fact]
    public async Task An_event_that_is_nowhere_is_said_to_be_nowhere_and_what_to_try()
    {
        var answer = await OperatorAsync("events", "get", "e-9");

        answer.ExitCode.Should().Be(1);
        answer.Errors.Should().Contain("event 'e-9' was seen neither").And.Contain("--stream").And.Contain("--from");
    }

    [Fact]
    public async Task The_archive_without_a_queue_to_play_it_to_is_refused_with_what_it_needs()
    {
        await PutAsync(Order(1));

        var refused = await OperatorAsync("events", "get", "e-1", "--with-archive");

        (refused.ExitCode, refused.Errors).Should().Be((2, "operator: --with-archive: there is no queue data-events-audit, to which the archive could be played; allowed: a path with a copy of every event (Terraform: bus.audit; the local host: --audit), or --audit-queue NAME.\n"));
    }

    [Fact]
    public async Task Ids_that_begin_alike_and_sources_are_told_apart()
    {
        await PutAsync(Order(1), Order(11), CloudEvent("e-1", "urn:other"));

        var found = (await OperatorAsync("events", "get", "e-1", "--json")).Json.GetProperty("events").EnumerateArray().ToList();

        found.Select(item => item.GetProperty("source").GetString()).Should().BeEquivalentTo("urn:datatoevents/order", "urn:other");
        found.Should().AllSatisfy(item => Hops(item).Should().Equal("accepted", "lake", "stored", "delivered"));
    }

    [Fact]
    public async Task A_streams_events_are_listed_in_their_order_from_the_store_and_from_the_lake()
    {
        await PutAsync([.. Enumerable.Range(1, 5).Select(number => Order(number)), Order(9, stream: 2)]);

        foreach (var source in new[] { "store", "lake" })
        {
            var list = await OperatorAsync("events", "list", "--stream", "order-1", "--source", source, "--from", "1h", "--limit", "3", "--json");

            list.ExitCode.Should().Be(0, "{0}", list.Errors);
            list.Json.GetProperty("events").EnumerateArray().Select(item => item.GetProperty("id").GetString()).Should().Equal("e-3", "e-4", "e-5");
            list.Json.GetProperty("total").GetInt64().Should().Be(5);
        }

        (await OperatorAsync("events", "list", "--stream", "nobody")).Output.Should().Contain("The store has no event of stream nobody.");
        var refused = await OperatorAsync("events", "list", "--stream", "order-1", "--source", "lake");
        (refused.ExitCode, refused.Errors).Should().Be((2, "operator: --source lake needs --from, because the lake is read hour by hour; allowed: a time, or how long ago, such as 2h.\n"));
    }

    [Fact]
    public async Task Tail_shows_what_is_stored_from_now_on()
    {
        await PutAsync(Order(1));
        var tail = OperatorAsync("events", "tail", "--type", "order", "--count", "2", "--json");

        // The tail begins at some moment: events come until it has seen two.
        for (var number = 2; !tail.IsCompleted; number++)
        {
            await PutAsync(Order(number), CloudEvent($"c-{number}", "urn:other"));
        }

        var lines = (await tail).Output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lines.Should().HaveCount(2).And.AllSatisfy(line => line.GetProperty("type").GetString().Should().Be("order"));
        lines.Select(line => line.GetProperty("id").GetString()).Should().NotContain("e-1").And.OnlyHaveUniqueItems();
    }

    private static string CloudEvent(string id, string source) =>
        $$"""{"specversion":"1.0","id":"{{id}}","source":"{{source}}","type":"other","subject":"order-1","time":"2026-11-24T12:00:00Z","data":{"n":1.0} }""";

    private static JsonElement One(CommandResult answer)
    {
        answer.ExitCode.Should().Be(0, "{0}", answer.Errors);
        return answer.Json.GetProperty("events").EnumerateArray().Should().ContainSingle().Subject;
    }

    private static IEnumerable<string?> Hops(JsonElement found) => found.GetProperty("journey").EnumerateArray().Select(step => step.GetProperty("hop").GetString());

    private async Task PutAsync(params string[] records)
    {
        await Path.PutAsync(records);
        await Path.SettleAsync();
    }
}
