using DataToEvents.Load.Tests;
using DataToEvents.Operator.Verification;

namespace DataToEvents.Operator.Tests.Verification;

public class VerifierTests
{
    private const string Free = """{"free":"José","n":1.0}""";

    private const string Twin = "no JSON, and no id";

    private readonly FakeWorld _world = new();

    public VerifierTests()
    {
        for (var number = 1; number <= 4; number++)
        {
            _world.Carry(SomeRecords.Order(1, number), (2 * number) - 2);
            _world.Carry(SomeRecords.Order(2, number), (2 * number) - 1);
        }

        _world.Carry(Free, 8);
    }

    [Fact]
    public async Task A_path_that_did_all_right_is_clean()
    {
        var verdict = await _world.VerifyAsync();

        verdict.IsClean.Should().BeTrue();
        (verdict.Records, verdict.Events, verdict.Effects).Should().Be((9, 9, 9));
        verdict.Found.Should().BeEquivalentTo(new Dictionary<FoundAt, long> { [FoundAt.Lake] = 9, [FoundAt.Store] = 9, [FoundAt.View] = 9 });
    }

    [Fact]
    public async Task Repeated_records_have_one_effect_and_a_lake_line_each()
    {
        _world.Carry(SomeRecords.Order(1, 2), 9);

        var verdict = await _world.VerifyAsync();

        (verdict.IsClean, verdict.Duplicates, verdict.Effects, verdict.ExtraLakeLines).Should().Be((true, 1, 9, 0));
    }

    [Fact]
    public async Task Records_without_an_id_count_as_often_as_they_were_accepted()
    {
        _world.Carry(Free, 9);
        (await _world.VerifyAsync()).IsClean.Should().BeTrue();
    }

    [Theory]
    [InlineData(0, 9)]
    [InlineData(9, 0)]
    public async Task A_copy_is_missed_only_in_an_audit_queue_that_shows_all_that_it_has(int hidden, int lost)
    {
        _world.Queues[WorldQueue.Audit] = [];
        _world.Hidden[WorldQueue.Audit] = hidden;

        var verdict = await _world.VerifyAsync();

        (verdict.Count(Trouble.Lost), verdict.HiddenCopies).Should().Be((lost, hidden));
    }

    [Fact]
    public async Task Other_runs_events_are_nobody_s_trouble()
    {
        _world.Deliver(SomeRecords.Order(7, 1));
        _world.Deliver(SomeRecords.Order(1, 99));

        (await _world.VerifyAsync()).IsClean.Should().BeTrue();
    }

    [Fact]
    public async Task A_deleted_lake_line_is_lost_there()
    {
        _world.Lake.RemoveAt(2);
        await ExpectAsync(Trouble.Lost, "event e-1-2 of stream order-1", "not in the lake");
    }

    [Fact]
    public async Task A_deleted_item_is_lost_there()
    {
        _world.Store.RemoveAt(3);
        await ExpectAsync(Trouble.Lost, "event e-2-2 of stream order-2", "not in the store");
    }

    [Fact]
    public async Task A_deleted_delivered_event_is_lost_there_and_the_count_tells_too()
    {
        _world.View.RemoveAll(item => item["sk"] == "event#e-1-3\turn:datatoevents/order");

        var verdict = await _world.VerifyAsync();

        verdict.Named(Trouble.Lost).Should().ContainSingle().Which.Should().ContainAll("event e-1-3 of stream order-1", "not in the consumer's view");
        verdict.Named(Trouble.Doubled).Should().ContainSingle().Which.Should().Contain("counts 4 events and has 3");
    }

    [Fact]
    public async Task Two_items_that_changed_places_are_out_of_order()
    {
        var (one, other) = (_world.Store[2], _world.Store[4]);
        (one["seq"], other["seq"]) = (other["seq"], one["seq"]);

        var verdict = await _world.VerifyAsync();

        verdict.Named(Trouble.OutOfOrder).Should().Contain(what => what.Contains("event e-1-3") && what.Contains("accepted after event e-1-2") && what.Contains("in the store"));
    }

    [Fact]
    public async Task Items_with_a_number_of_the_producer_are_in_its_order_whatever_the_queue_s_was()
    {
        foreach (var (position, item) in _world.Store.Index())
        {
            item["envelope"] = $"{item["envelope"][..^1]},\"dteproducersequence\":\"{position}\"}}";
        }

        var (one, other) = (_world.Store[2], _world.Store[4]);
        (one["seq"], other["seq"]) = (other["seq"], one["seq"]);

        (await _world.VerifyAsync()).Named(Trouble.OutOfOrder).Should().NotContain(what => what.Contains("in the store"));
    }

    [Fact]
    public async Task Two_lake_lines_that_changed_places_are_out_of_order()
    {
        (_world.Lake[2], _world.Lake[4]) = (_world.Lake[4], _world.Lake[2]);

        (await _world.VerifyAsync()).Named(Trouble.OutOfOrder).Should().ContainSingle().Which.Should().ContainAll("event e-1-3", "in the lake", FakeWorld.LakeObject);
    }

    [Theory]
    [InlineData("José", "Josè", "payload")]
    [InlineData("\"n\":2.0", "\"n\":2.1", "payload")]
    [InlineData("\"type\":\"order\"", "\"type\":\"ordre\"", "attribute")]
    [InlineData("urn:datatoevents", "urn:datatoevente", "attribute")]
    [InlineData("dteacceptedtime\":\"2026", "dteacceptedtime\":\"2027", "time of arrival")]
    public async Task A_changed_byte_is_found_wherever_it_is(string was, string becomes, string what)
    {
        foreach (var spoil in new Action<FakeWorld>[]
        {
            world => world.Lake[2] = Changed(world.Lake[2], was, becomes),
            world => world.Store[2]["envelope"] = Changed(world.Store[2]["envelope"], was, becomes),
            world => Item(world)["envelope"] = Changed(Item(world)["envelope"], was, becomes),
        })
        {
            var world = new FakeWorld();
            world.Carry(SomeRecords.Order(1, 1), 0);
            world.Carry(SomeRecords.Order(2, 1), 1);
            world.Carry(SomeRecords.Order(1, 2), 2);
            spoil(world);

            var verdict = await world.VerifyAsync();

            verdict.Named(Trouble.Altered).Should().NotBeEmpty().And.OnlyContain(named => named.Contains("event e-1-2") && named.Contains(what));
            (verdict.Count(Trouble.Lost), verdict.Count(Trouble.Doubled)).Should().Be((0, 0));
        }

        static Dictionary<string, string> Item(FakeWorld world) => world.View.Single(item => item["sk"] == "event#e-1-2\turn:datatoevents/order");

        static string Changed(string text, string was, string becomes)
        {
            text.Should().Contain(was);
            return text.Replace(was, becomes, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_changed_byte_of_a_record_without_an_id_is_found_by_the_id_that_it_got()
    {
        _world.Lake[^1] = _world.Lake[^1].Replace("José", "Josè", StringComparison.Ordinal);

        var verdict = await _world.VerifyAsync();

        verdict.Named(Trouble.Altered).Should().ContainSingle().Which.Should().ContainAll("without an id", "record 8", "the lake");
    }

    [Fact]
    public async Task A_line_that_is_no_event_any_more_is_unreadable_and_its_event_lost()
    {
        _world.Lake[0] = _world.Lake[0][..20];

        var verdict = await _world.VerifyAsync();

        verdict.Unreadable.Should().ContainSingle().Which.Should().Contain(FakeWorld.LakeObject).And.Contain("line 1");
        verdict.Named(Trouble.Lost).Should().ContainSingle().Which.Should().Contain("event e-1-1");
    }

    [Fact]
    public async Task One_item_too_many_of_a_record_without_an_id_is_doubled()
    {
        _world.Store.Add(new(_world.Store[^1]) { ["sk"] = "01ZZZZZZZZZZZZZZZZZZZZZZZZ\turn:datatoevents", ["envelope"] = _world.Store[^1]["envelope"].Replace(_world.Store[^1]["sk"].Split('\t')[0], "01ZZZZZZZZZZZZZZZZZZZZZZZZ", StringComparison.Ordinal) });

        await ExpectAsync(Trouble.Doubled, "without an id", "1 more than were accepted, in the store");
    }

    [Fact]
    public async Task What_may_have_arrived_twice_is_not_doubled()
    {
        _world.Accept("""{"free":"twice"}""", 9, uncertain: 1);
        _world.Deliver("""{"free":"twice"}""");
        _world.Deliver("""{"free":"twice"}""");

        (await _world.VerifyAsync()).IsClean.Should().BeTrue();
    }

    [Fact]
    public async Task What_the_transformer_did_not_take_is_set_aside_by_its_bytes()
    {
        _world.Accept(SomeRecords.Order(3, 1), 9);
        _world.Objects["lake/errors/processing-failed/one"] = Encoding.UTF8.GetBytes(
            $$"""{"attemptsMade":1,"errorCode":"Lambda.FunctionError","rawData":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(SomeRecords.Order(3, 1)))}}"}""");

        await ExpectAsync(Trouble.SetAside, "event e-3-1", "processing-failed (lake/errors/processing-failed/one)");
    }

    [Fact]
    public async Task Dead_letters_of_both_queues_are_set_aside()
    {
        var envelope = _world.Store[0]["envelope"];
        _world.Store.RemoveAt(0);
        _world.View.RemoveAll(item => item["sk"] == "event#e-1-1\turn:datatoevents/order");
        _world.View.Single(item => item["pk"] == "stream#order-1" && item["sk"] == "stream")["events"] = "3";
        _world.Queues[WorldQueue.DeadLetters].Add(new WorldMessage(envelope, "order-1", 0));

        await ExpectAsync(Trouble.SetAside, "event e-1-1", "in dead-letter queue");
    }

    [Fact]
    public async Task What_the_consumer_never_took_is_in_the_rule_s_dead_letter_queue()
    {
        var item = _world.View.Single(item => item["sk"] == "event#e-1-1\turn:datatoevents/order");
        _world.View.Remove(item);
        _world.View.Single(item => item["pk"] == "stream#order-1" && item["sk"] == "stream")["events"] = "3";
        _world.Queues[WorldQueue.RuleDeadLetters].Add(new WorldMessage($$"""{"detail-type":"DataInserted","detail":{{item["envelope"]}}}""", null, 0));

        await ExpectAsync(Trouble.SetAside, "event e-1-1", "the rule's dead-letter queue");
    }

    [Fact]
    public async Task A_second_content_under_an_id_belongs_in_quarantine()
    {
        var conflict = SomeRecords.Order(1, 1).Replace("José", "Other", StringComparison.Ordinal);
        _world.Accept(conflict, 9);
        _world.Lake.Add(_world.Lake[0].Replace("José", "Other", StringComparison.Ordinal));

        (await _world.VerifyAsync()).Named(Trouble.Lost).Should().ContainSingle().Which.Should().Contain("quarantine");
    }

    [Fact]
    public async Task Another_source_under_an_id_is_an_event_of_its_own_though_the_payload_is_the_same()
    {
        var (path, lost) = (new FakeWorld(), new FakeWorld());
        foreach (var world in new[] { path, lost })
        {
            world.Carry(Sold("/till-1", "sold"), 1);
            world.Carry(Sold("/till-2", "sold"), 2);
        }

        lost.Store.RemoveAt(1);

        (await path.VerifyAsync()).Should().Match<LedgerVerdict>(verdict => verdict.IsClean && verdict.Effects == 2);
        (await lost.VerifyAsync()).Named(Trouble.Lost).Should().ContainSingle().Which.Should().Contain("not in the store");
    }

    [Theory]
    [InlineData("sold.volatile")]
    [InlineData("sold.first")]
    public async Task Copies_that_differ_in_what_does_not_count_are_one_effect_whichever_is_stored(string type)
    {
        var (first, second, spoilt) = (new FakeWorld(), new FakeWorld(), new FakeWorld());
        var (one, other) = (Sold("/till-1", type, 1), Sold("/till-1", type, 2));
        first.Carry(one, 1);
        first.Carry(other, 2);
        second.Accept(one, 1);
        second.Carry(other, 2);
        second.Deliver(one);
        spoilt.Carry(one, 1);
        spoilt.Carry(other, 2);
        spoilt.Store[0]["envelope"] = spoilt.Store[0]["envelope"].Replace("\"n\":1", "\"n\":3", StringComparison.Ordinal);

        (await first.VerifyAsync()).Should().Match<LedgerVerdict>(verdict => verdict.IsClean && verdict.Effects == 1);
        (await second.VerifyAsync()).Should().Match<LedgerVerdict>(verdict => verdict.Count(Trouble.Altered) == 0 && verdict.Count(Trouble.Lost) == 0 && verdict.Effects == 1);
        (await spoilt.VerifyAsync()).Count(Trouble.Altered).Should().BePositive();
    }

    [Fact]
    public async Task Another_type_under_an_id_belongs_in_quarantine_though_the_payload_is_the_same()
    {
        var (path, quarantine) = (new FakeWorld(), new FakeWorld());
        foreach (var world in new[] { path, quarantine })
        {
            world.Carry(Sold("/till-1", "sold"), 1);
            world.Carry(Sold("/till-1", "sold.v2"), 2);
            world.Carry(Sold("/till-1", "sold"), 3);
        }

        quarantine.Objects["quarantine/1.json"] = Encoding.UTF8.GetBytes($$"""{"stream":"cart-7","id":"1","sequence":"7","envelope":{{quarantine.Lake[1]}}}""");

        var (missing, aside) = (await path.VerifyAsync(), await quarantine.VerifyAsync());

        (missing.Effects, missing.Duplicates, missing.Count(Trouble.Altered)).Should().Be((2, 1, 0));
        missing.Named(Trouble.Lost).Should().ContainSingle().Which.Should().ContainAll("event 1 of stream cart-7", "quarantine");
        (aside.Count(Trouble.Lost), aside.Count(Trouble.Altered)).Should().Be((0, 0));
        aside.Named(Trouble.SetAside).Should().ContainSingle().Which.Should().ContainAll("event 1 of stream cart-7", "quarantine");
    }

    private static string Sold(string source, string type, int n = 1) =>
        $$$"""{"specversion":"1.0","id":"1","source":"{{{source}}}","type":"{{{type}}}","subject":"cart-7","time":"2026-02-03T04:05:06Z","data":{"n":{{{n}}}}}""";

    [Fact]
    public async Task Records_alike_without_an_id_that_two_invocations_gave_one_id_are_merged_and_not_lost()
    {
        MeetTwice();

        var verdict = await _world.VerifyAsync();

        (verdict.IsClean, verdict.Merged, verdict.Effects).Should().Be((true, 1, 11));
        verdict.MergedNamed.Should().ContainSingle().Which.Should().ContainAll("without an id", "unclassified", "the same bytes");
    }

    [Fact]
    public async Task A_merge_explains_one_missing_record_and_no_more()
    {
        MeetTwice();
        _world.Accept(Twin, 11);
        _world.Lake.Add(_world.Lake[^1]);

        var verdict = await _world.VerifyAsync();

        (verdict.Merged, verdict.Count(Trouble.Lost)).Should().Be((1, 1));
    }

    [Fact]
    public async Task A_line_that_firehose_delivered_twice_proves_no_merge()
    {
        MeetTwice();
        _world.Lake[^1] = _world.Lake[^2];

        await ExpectAsync(Trouble.Lost, "without an id", "not in the store");
    }

    [Fact]
    public async Task What_is_missing_in_the_lake_too_was_not_merged()
    {
        MeetTwice();
        _world.Lake.RemoveAt(_world.Lake.Count - 1);

        await ExpectAsync(Trouble.Lost, "without an id", "not in the lake");
    }

    [Fact]
    public async Task A_merge_into_an_event_that_is_not_stored_is_a_loss_of_both()
    {
        MeetTwice();
        _world.Store.RemoveAt(_world.Store.Count - 1);

        (await _world.VerifyAsync()).Should().Match<LedgerVerdict>(verdict => verdict.Count(Trouble.Lost) == 2 && verdict.Merged == 0);
    }

    /// <summary>Two records with the same bytes, accepted in the same millisecond, each in its own batch.</summary>
    private void MeetTwice()
    {
        for (var record = 9; record <= 10; record++)
        {
            _world.Accept(Twin, record);
            _world.Deliver(Twin, SomeRecords.Arrival.AddSeconds(1), $"00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920{record:d4}-00");
        }
    }

    private async Task ExpectAsync(Trouble trouble, params string[] words)
    {
        var verdict = await _world.VerifyAsync();

        verdict.Named(trouble).Should().ContainSingle().Which.Should().ContainAll(words);
        Enum.GetValues<Trouble>().Where(other => other != trouble).Sum(verdict.Count).Should().Be(0);
    }
}
