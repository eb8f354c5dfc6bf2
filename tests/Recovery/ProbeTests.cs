using Amazon.EventBridge;
using Amazon.EventBridge.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using DataToEvents.Recovery.Probes;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace DataToEvents.Recovery.Tests;

public sealed class ProbeTests : Bed
{
    private const string Wide = "integer beyond 64 bits";

    private protected override bool IsAudited => true;

    [Fact]
    public async Task Each_payload_that_the_bus_takes_arrives_with_the_same_bytes_and_no_consumer_sees_it()
    {
        var probe = await OperatorAsync("probe", "bus", "--wait", "1m", "--yes", "--json");

        probe.ExitCode.Should().Be(0, "{0}", probe.Errors);
        var answers = probe.Json.GetProperty("probes").EnumerateArray().ToDictionary(row => row.GetProperty("payload").GetString()!, row => row.GetProperty("answer").GetString()!);
        answers.Remove(Wide, out var wide).Should().BeTrue();
        wide.Should().StartWith("refused: MalformedDetail");
        answers.Should().HaveCountGreaterThan(10);
        answers.Values.Should().OnlyContain(answer => answer == "same bytes");
        Path.Delivered.Should().BeEmpty();
        Path.Services.Audit!.Stats.Depth.Should().Be(0, "the probe takes out what it has sent");
    }

    [Fact]
    public async Task What_others_published_stays_in_the_queue()
    {
        await Path.PutAsync(Order(1), Order(2));
        await Path.SettleAsync();

        (await OperatorAsync("probe", "bus", "--wait", "60", "--yes")).ExitCode.Should().Be(0);

        Path.Services.Audit!.Stats.Depth.Should().Be(2);
    }

    [Fact]
    public async Task A_payload_that_was_changed_is_shown_and_one_that_does_not_arrive_is_named()
    {
        var bridge = Substitute.For<IAmazonEventBridge>();
        var sqs = Substitute.For<IAmazonSQS>();
        var clock = new FakeTimeProvider();
        var messages = new List<Message>();
        sqs.GetQueueUrlAsync("audit", default).ReturnsForAnyArgs(new GetQueueUrlResponse { QueueUrl = "https://queue" });
        bridge.PutEventsAsync(default!, default).ReturnsForAnyArgs(call =>
        {
            var detail = call.Arg<PutEventsRequest>().Entries.Single().Detail;
            if (!detail.Contains("1e400"))
            {
                messages.Add(new Message { Body = $$"""{"source":"datatoevents.probe","detail":{{detail.Replace("1.0", "1")}}}""" });
            }

            return new PutEventsResponse { Entries = [new PutEventsResultEntry { EventId = "1" }] };
        });
        sqs.ReceiveMessageAsync(Arg.Any<ReceiveMessageRequest>(), default).ReturnsForAnyArgs(_ =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            var batch = messages.Take(10).ToList();
            messages.RemoveRange(0, batch.Count);
            return new ReceiveMessageResponse { Messages = batch };
        });

        var results = await new BusProbe(bridge, sqs, "bus", clock).RunAsync("audit", TimeSpan.FromSeconds(30), default);

        results.Single(result => result.Payload == "fraction of zero").Answer.Should().StartWith("changed: ").And.EndWith("\"data\":1}");
        results.Single(result => result.Payload == "more than a double").Answer.Should().Be("did not arrive in audit within 30 s");
        results.Count(result => result.Arrived).Should().Be(results.Count - 2);
    }
}
