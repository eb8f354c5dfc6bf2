using DataToEvents.Emulator.Queues;

namespace DataToEvents.Recovery.Tests;

/// <summary>`dead-letters edit`: a body is mended, and goes on in place of the old one.</summary>
public sealed class DeadLetterEditTests : Bed
{
    [Fact]
    public async Task A_mended_body_goes_through_the_queue_in_place_of_the_broken_one_once_the_cost_was_said()
    {
        var id = await BrokenAsync("""{"specversion":"1.0","id":"m-1","source":"urn:test","type":"order","subject":"order-9","time":"2026-11-30T12:00:00Z","datacontenttype":"application/json","data":{"n":1.0""");
        var body = Write("""{"specversion":"1.0","id":"m-1","source":"urn:test","type":"order","subject":"order-9","time":"2026-11-30T12:00:00Z","datacontenttype":"application/json","data":{"n":1.0}}""");

        var dry = await OperatorAsync("dead-letters", "edit", "queue", id, "--body", body, "--dry-run");
        dry.Output.Should().ContainAll("event m-1 of stream order-9 goes into the queue", "It costs the promise that bytes survive", "what the producer sent stays in the lake alone");
        Path.Services.DeadLetters.Stats.Depth.Should().Be(1);

        var edit = await OperatorAsync("dead-letters", "edit", "queue", id, "--body", body, "--yes");
        edit.ExitCode.Should().Be(0, "{0}", edit.Errors);
        await Path.SettleAsync();

        Path.Delivered.Should().ContainSingle().Which.Id.Value.Should().Be("m-1");
        Path.Services.DeadLetters.Stats.Depth.Should().Be(0);
    }

    [Fact]
    public async Task An_event_that_the_consumer_refuses_is_mended_and_published_and_the_store_keeps_what_was_sent()
    {
        Path.Responder.Fails = text => text.Contains("José", StringComparison.Ordinal);
        await Path.PutAsync(Order(1));
        await Path.SettleAsync();
        var letter = (await OperatorAsync("dead-letters", "list", "rule", "--json")).Json.GetProperty("deadLetters")[0].GetProperty("id").GetString()!;
        var shown = (await OperatorAsync("dead-letters", "show", "rule", letter, "--json")).Json.GetProperty("body").GetString()!;

        var edit = await OperatorAsync("dead-letters", "edit", "rule", letter, "--body", Write(shown.Replace("José", "Jose", StringComparison.Ordinal)), "--yes");
        await Path.SettleAsync();

        edit.ExitCode.Should().Be(0, "{0}", edit.Errors);
        edit.Output.Should().Contain("consumers get what you wrote, and the store keeps what the producer sent");
        Encoding.UTF8.GetString(Path.Delivered.Should().ContainSingle().Which.Payload()!).Should().Contain("Jose\"");
        Path.Services.RuleDeadLetters.Stats.Depth.Should().Be(0);
        (await OperatorAsync("events", "get", "e-1", "--stream", "order-1")).Output.Should().Contain("It was delivered");
    }

    [Theory]
    [InlineData("this is still no event", "the new body is no event")]
    [InlineData("""{"id":"m-1"}""", "the new body is no event")]
    public async Task A_body_that_is_no_event_is_refused_and_the_message_stays(string text, string complaint)
    {
        var id = await BrokenAsync("this is no event");

        var refused = await OperatorAsync("dead-letters", "edit", "queue", id, "--body", Write(text), "--yes");

        refused.ExitCode.Should().Be(2);
        refused.Errors.Should().Contain(complaint).And.Contain("allowed: a CloudEvent");
        Path.Services.DeadLetters.Stats.Depth.Should().Be(1);
        Path.Services.DeadLetters.Stats.InFlight.Should().Be(0);
    }

    [Fact]
    public async Task The_body_as_it_was_changes_nothing_and_a_message_that_is_not_there_is_named()
    {
        var id = await BrokenAsync("this is no event");

        var same = await OperatorAsync("dead-letters", "edit", "queue", id, "--body", Write("this is no event\n"), "--yes");
        var none = await OperatorAsync("dead-letters", "edit", "queue", "nobody", "--body", Write("x"), "--yes");

        (same.ExitCode, same.Output).Should().Be((0, "The body was not changed: nothing was sent.\n"));
        (none.ExitCode, none.Errors).Should().Be((2, "operator: 'nobody' is not to be seen in data-events-dlq.fifo; allowed: an id that `list` shows.\n"));
        Path.Services.DeadLetters.Stats.Depth.Should().Be(1);
    }

    private async Task<string> BrokenAsync(string body)
    {
        await Path.Services.DeadLetters.SendBatchAsync([new SendEntry("order-9", "by-hand", Encoding.UTF8.GetBytes(body))]);
        var list = await OperatorAsync("dead-letters", "list", "queue", "--json");
        return list.Json.GetProperty("deadLetters")[0].GetProperty("id").GetString()!;
    }

    private string Write(string text)
    {
        var file = System.IO.Path.Combine(Data.FullName, "body.json");
        File.WriteAllText(file, text);
        return file;
    }
}
