using DataToEvents.Emulator.Queues;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Recovery.Tests;

public sealed class DeadLettersTests : Bed
{
    /// <summary>In the form that the Amazon EventBridge User Guide shows ("Decrypting events in EventBridge dead-letter queues").</summary>
    private const string Encrypted =
        """
        {"version":"0","id":"053afa53-cdd7-285b-e754-b0dfd0ac0bfb","account":"123456789012","time":"2026-11-24T12:00:00Z","resources":[],"region":"us-east-1","source":"aws.events","detail-type":"Encrypted Events",
        "detail":{"event-bus-arn":"arn:aws:events:us-east-1:123456789012:event-bus/data-events-bus","kms-key-arn":"arn:aws:kms:us-east-1:123456789012:key/1","encrypted-payload":"AgR4"}}
        """;

    [Fact]
    public async Task What_could_not_be_stored_is_listed_shown_and_moved_back_in_order()
    {
        var records = Enumerable.Range(0, 12).Select(number => Order(number, stream: number % 3)).ToArray();
        Path.Storer.Fails = _ => true;
        await Path.PutAsync(records);
        await Path.SettleAsync();
        Path.Services.DeadLetters.Stats.Depth.Should().Be(12);
        Path.Storer.Fails = null;

        var list = await OperatorAsync("dead-letters", "list", "queue", "--json");
        var id = list.Json.GetProperty("deadLetters")[0].GetProperty("id").GetString()!;
        var show = await OperatorAsync("dead-letters", "show", "queue", id);
        var redrive = await OperatorAsync("dead-letters", "redrive", "queue", "--yes", "--json");
        await Path.SettleAsync();

        list.Json.GetProperty("depth").GetInt64().Should().Be(12);
        show.Output.Should().Contain("\"specversion\":\"1.0\"");
        (redrive.ExitCode, redrive.Json.GetProperty("redriven").GetInt64()).Should().Be((0, 12));
        ShouldHaveDelivered(records);
        foreach (var stream in Path.Delivered.GroupBy(item => item.Stream))
        {
            stream.OrderBy(item => item.StreamSequence, StringComparer.Ordinal).Select(item => int.Parse(item.Id.Value[2..], null)).Should().BeInAscendingOrder();
        }

        (await OperatorAsync("dead-letters", "redrive", "queue", "--yes")).Output.Should().Contain("nothing to do");
        await ShouldVerifyAsync();
    }

    [Fact]
    public async Task A_redriven_event_that_was_sent_again_meanwhile_has_one_effect()
    {
        Path.Storer.Fails = _ => true;
        await Path.PutAsync(Order(1));
        await Path.SettleAsync();
        Path.Storer.Fails = null;

        // A producer's second try comes after the queue has forgotten the first. It has another arrival and the same id.
        await OperatorAsync("dead-letters", "redrive", "queue", "--yes");
        await Path.SettleAsync();
        await Path.PutAsync(Order(1));
        await Path.SettleAsync();

        ShouldHaveDelivered(Order(1));
        await ShouldHoldAsync(1);
        await ShouldVerifyAsync();
    }

    [Fact]
    public async Task What_the_consumer_did_not_take_is_the_plain_event_with_its_reasons_and_is_published_again()
    {
        var records = Enumerable.Range(0, 25).Select(number => Order(number, stream: number % 3)).ToArray();
        Path.Responder.Fails = _ => true;
        await Path.PutAsync(records);
        await Path.SettleAsync();
        Path.Responder.Fails = null;

        var list = await OperatorAtUrlAsync("dead-letters", "list", "rule", "--json");
        var letters = list.Json.GetProperty("deadLetters").EnumerateArray().ToList();
        var show = await OperatorAtUrlAsync("dead-letters", "show", "rule", letters[0].GetProperty("id").GetString()!, "--json");
        var redrive = await OperatorAtUrlAsync("dead-letters", "redrive", "rule", "--yes");
        await Path.SettleAsync();

        letters.Should().HaveCount(25).And.OnlyContain(letter => letter.GetProperty("why").GetString()!.Contains("made by a test"));
        JsonDocument.Parse(show.Json.GetProperty("body").GetString()!).RootElement.GetProperty("detail-type").GetString().Should().Be("DataInserted");
        redrive.ExitCode.Should().Be(0, "{0}", redrive.Errors);
        redrive.Output.Should().Contain("25 messages redriven");
        Path.Services.RuleDeadLetters.Stats.Depth.Should().Be(0);
        ShouldHaveDelivered(records);
        await ShouldHoldAsync(25);
        await ShouldVerifyAsync();
    }

    [Fact]
    public async Task The_bus_has_dead_letters_of_its_own_where_it_has_a_key_and_they_are_published_again()
    {
        var without = await OperatorAsync("dead-letters", "list", "bus");
        var letters = await Path.Services.Account.AddQueueAsync(new QueueOptions { Name = "data-events-bus-dlq", Fifo = false });
        Path.Responder.Fails = _ => true;
        await Path.PutAsync(Order(1));
        await Path.SettleAsync();
        Path.Responder.Fails = null;
        var taken = (await Path.Services.RuleDeadLetters.ListAsync(limit: 1)).Single();
        await letters.SendBatchAsync([new SendEntry(null, null, taken.Body), new SendEntry(null, null, Encoding.UTF8.GetBytes(Encrypted))]);
        await Path.Services.RuleDeadLetters.RemoveAsync(taken.SequenceNumber);

        var status = await OperatorAsync("status", "--json");
        var list = await OperatorAsync("dead-letters", "list", "bus", "--json");
        var redrive = await OperatorAsync("dead-letters", "redrive", "bus", "--yes");
        await Path.SettleAsync();

        (without.ExitCode, without.Errors).Should().Match<(int, string)>(answer => answer.Item1 == 2 && answer.Item2.Contains("encryption.key"));
        status.Json.GetProperty("setAside").EnumerateArray().Last().GetProperty("place").GetString().Should().Be("the bus's dead letters");
        list.Json.GetProperty("deadLetters").EnumerateArray().Select(letter => letter.GetProperty("why").GetString()).Should().ContainSingle(why => why != null && why.Contains("operator replay"));
        (redrive.ExitCode, redrive.Output).Should().Match<(int, string)>(answer => answer.Item1 == 1 && answer.Item2.Contains("1 message redriven, 1 not"));
        redrive.Errors.Should().Contain("is encrypted with the bus's key");
        letters.Stats.Depth.Should().Be(1, "what is encrypted stays until somebody drops it");
        ShouldHaveDelivered(Order(1));
        await ShouldVerifyAsync();
    }

    [Fact]
    public async Task Events_that_fail_again_are_not_published_for_ever()
    {
        Path.Responder.Fails = _ => true;
        await Path.PutAsync(Order(1), Order(2));
        await Path.SettleAsync();

        var redrive = await OperatorAsync("dead-letters", "redrive", "rule", "--yes");
        await Path.SettleAsync();

        redrive.Output.Should().Contain("2 messages redriven");
        Path.Services.RuleDeadLetters.Stats.Depth.Should().Be(2);
        await ShouldVerifyButAsync("e-1", "e-2");

        Path.Responder.Fails = null;
        await OperatorAsync("dead-letters", "redrive", "rule", "--yes");
        await Path.SettleAsync();
        await ShouldVerifyAsync();
    }

    [Fact]
    public async Task Named_messages_are_dropped_and_the_others_stay()
    {
        Path.Storer.Fails = _ => true;
        await Path.PutAsync(Order(1, stream: 1), Order(2, stream: 2));
        await Path.SettleAsync();
        Path.Storer.Fails = null;
        var letters = (await OperatorAsync("dead-letters", "list", "queue", "--json")).Json.GetProperty("deadLetters").EnumerateArray().ToList();
        var id = letters.Find(letter => letter.GetProperty("event").GetString() == "e-1").GetProperty("id").GetString()!;

        var drop = await OperatorAsync("dead-letters", "drop", "queue", id, "--yes");
        var missing = await OperatorAsync("dead-letters", "drop", "queue", id, "--yes");
        await OperatorAsync("dead-letters", "redrive", "queue", "--yes");
        await Path.SettleAsync();

        drop.Output.Should().Contain("event e-1 of stream order-1").And.Contain("1 message dropped");
        (missing.ExitCode, missing.Errors).Should().Match<(int, string)>(answer => answer.Item1 == 1 && answer.Item2.Contains("not to be seen"));
        ShouldHaveDelivered(Order(2, stream: 2));
        await ShouldVerifyButAsync("event e-1 of stream order-1");
    }

    [Fact]
    public async Task All_messages_are_dropped_only_by_a_word()
    {
        Path.Storer.Fails = _ => true;
        await Path.PutAsync(Order(1), Order(2));
        await Path.SettleAsync();

        var unsaid = await OperatorAsync("dead-letters", "drop", "queue", "--yes");
        var drop = await OperatorAsync("dead-letters", "drop", "queue", "--all", "--yes");

        (unsaid.ExitCode, Path.Services.DeadLetters.Stats.Depth).Should().Be((2, 0));
        drop.Output.Should().Contain("2 messages dropped");
        await ShouldVerifyButAsync("event e-1", "event e-2");
    }

    [Fact]
    public async Task A_dry_run_and_a_missing_yes_change_nothing_and_a_person_is_asked()
    {
        Path.Storer.Fails = _ => true;
        await Path.PutAsync(Order(1));
        await Path.SettleAsync();
        Path.Storer.Fails = null;
        string[] redrive = ["dead-letters", "redrive", "queue"];

        var dryRun = await OperatorAsync([.. redrive, "--dry-run"]);
        var unasked = await OperatorAsync(redrive);
        var no = await OperatorShell.TypeAsync("n\n", [.. redrive, "--data", Data.FullName]);
        var depth = Path.Services.DeadLetters.Stats.Depth;
        var yes = await OperatorShell.TypeAsync("y\n", [.. redrive, "--data", Data.FullName]);

        (dryRun.ExitCode, unasked.ExitCode, no.ExitCode, yes.ExitCode, depth).Should().Be((0, 2, 1, 0, 1));
        unasked.Errors.Should().Contain("--yes");
        yes.Output.Should().Contain("1 message redriven");
        await Path.SettleAsync();
        await ShouldVerifyAsync();
    }

    [Fact]
    public async Task A_rate_is_kept()
    {
        Path.Responder.Fails = _ => true;
        await Path.PutAsync([.. Enumerable.Range(0, 5).Select(number => Order(number))]);
        await Path.SettleAsync();
        Path.Responder.Fails = null;

        var clock = new LeapingClock();
        await OperatorAsync(clock, "dead-letters", "redrive", "rule", "--yes", "--rate", "10");

        clock.Waited.Should().Be(TimeSpan.FromMilliseconds(400), "each of the five waits for the one before");
        await Path.SettleAsync();
        await ShouldVerifyAsync();
    }

    [Fact]
    public async Task A_rate_is_kept_by_SQS_on_the_way_back_into_the_queue()
    {
        Path.Storer.Fails = _ => true;
        await Path.PutAsync([.. Enumerable.Range(0, 5).Select(number => Order(number))]);
        await Path.SettleAsync();
        Path.Storer.Fails = null;

        var redrive = await OperatorAsync(new LeapingClock(), "dead-letters", "redrive", "queue", "--yes", "--rate", "5");

        redrive.Output.Should().Contain("at most 5 a second").And.Contain("5 messages redriven");
        (await Path.MovesAsync()).Should().ContainSingle().Which.GetProperty("MaxNumberOfMessagesPerSecond").GetInt32().Should().Be(5);
        await Path.SettleAsync();
        await ShouldVerifyAsync();
    }

    [Fact]
    public async Task What_is_there_is_dropped_and_redriven_whatever_the_clock_of_this_machine_says()
    {
        var slow = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(-1));
        Path.Responder.Fails = _ => true;
        await Path.PutAsync(Order(1), Order(2));
        await Path.SettleAsync();
        Path.Responder.Fails = null;

        var redrive = await OperatorAsync(slow, "dead-letters", "redrive", "rule", "--yes");
        await Path.SettleAsync();
        Path.Storer.Fails = _ => true;
        await Path.PutAsync(Order(3));
        await Path.SettleAsync();
        var drop = await OperatorAsync(slow, "dead-letters", "drop", "queue", "--all", "--yes");

        redrive.Output.Should().Contain("2 messages redriven");
        drop.Output.Should().Contain("1 message dropped");
        await ShouldVerifyButAsync("event e-3");
    }
}
