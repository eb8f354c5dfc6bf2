using DataToEvents.EndToEnd.Tests.Signals;

namespace DataToEvents.EndToEnd.Tests;

/// <summary>
/// Brings an event to each place where one can be, and asks there what happened to it. One host, whose faults are switched on and off as a person does it on the page,
/// brings the events there.
/// </summary>
/// <param name="data">The data directory.</param>
/// <param name="ask">Asks, and judges the answer.</param>
internal sealed class EventWalk(string data, EventWalk.Asking ask)
{
    public const string Source = "urn:datatoevents/order";

    /// <param name="host">The host of the walk.</param>
    /// <param name="id">The id of the event.</param>
    /// <param name="hops">Where it was seen, in the order of the path.</param>
    /// <param name="state">What is said of where it is now.</param>
    internal delegate Task Asking(RunningHost host, string id, string[] hops, params string[] state);

    public async Task GoAsync()
    {
        using var host = await RunningHost.StartAsync(data, more: ["--audit"]);

        await host.PutAsync([Order("view"), Order("twice")]);
        await host.AwaitDeliveredAsync(2);
        await AsksAsync(host, "view", ["accepted", "lake", "stored", "delivered"], "It was delivered to the consumer.");
        await host.PutAsync([Order("twice", note: "another")]);
        await host.AwaitMetricAsync("datatoevents_conflicts_total", 1);
        await AsksAsync(host, "twice", ["accepted", "lake", "lake", "set aside: conflict", "stored", "delivered"], "It was delivered to the consumer.");

        await PageFaultSwitch.SetAsync(host, "consumer", isOn: true);
        await host.PutAsync([Order("rule")]);
        await host.AwaitMetricAsync("datatoevents_published_total", 3);

        await PageFaultSwitch.SetAsync(host, "transformer", isOn: true);
        await host.PutAsync([Order("failed")]);
        await host.AwaitMetricAsync("""datatoevents_failed_total{place="processing_failed"}""", 1);
        await PageFaultSwitch.SetAsync(host, "transformer", isOn: false);
        await UntilAsync(() => Directory.Exists(Path.Combine(data, "lake", "errors")));
        await AsksAsync(host, "failed", ["accepted", "set aside: not transformed"], "It lies in lake/errors/", "operator failed reingest");

        await PageFaultSwitch.SetAsync(host, "store", isOn: true);
        await host.PutAsync([Order("letter"), Order("lake")]);
        await host.AwaitMetricAsync("""datatoevents_failed_total{place="dead_letter_queue"}""", 2);
        await DropDeadLetterAsync("lake");
        await AsksAsync(host, "letter", ["accepted", "lake", "set aside: not stored"], "It lies in data-events-dlq.fifo", "operator dead-letters redrive queue");
        await AsksAsync(host, "lake", ["accepted", "lake"], "It passed the Transformer and is not stored yet: only the lake has it, and the queue is empty.", "operator capture --source lake --stream 'order-lake'");

        // One batch of a stream after the other becomes dead letters, so that the last event still waits when the lake has it.
        await host.PutAsync([.. Enumerable.Range(0, 200).Select(number => Order($"before-{number}", stream: "queue")), Order("queue")]);
        await AsksAsync(host, "queue", ["accepted", "lake"], "It passed the Transformer and is not stored yet: it waits in the queue");
        await PageFaultSwitch.SetAsync(host, "store", isOn: false);
        await host.AwaitMetricAsync("""datatoevents_hop_depth{hop="queue"}""", 0);
        await host.AwaitMetricAsync("""datatoevents_hop_depth{hop="emitter"}""", 0);

        await PageFaultSwitch.SetAsync(host, "emitter", isOn: true);
        await host.PutAsync([Order("batch")]);
        await UntilAsync(() => GivenUp("batch") is not null);
        await AsksAsync(host, "batch", ["accepted", "lake", "stored", "set aside: not published"], "It lies in on-failure/", "operator on-failure recover");
        await host.PutAsync([Order("store")]);
        await UntilAsync(() => GivenUp("store") is not null);
        await DeleteGivenUpAsync(host, "store");
        await AsksAsync(host, "store", ["accepted", "lake", "stored"], "It is stored, and the consumer has not taken it yet");
        await PageFaultSwitch.SetAsync(host, "emitter", isOn: false);

        await host.PutAsync([Order("bus")]);
        await AsksAsync(host, "bus", ["accepted", "lake", "stored"], "It is stored, and the consumer has not taken it yet");
        await AsksAsync(host, "bus", ["accepted", "lake", "stored", "published"], "It was published, and the consumer has not taken it yet");
        await InRuleDeadLettersAsync(host, "rule");
        await AsksAsync(host, "rule", ["accepted", "lake", "stored", "set aside: not delivered"], "It lies in data-events-rule-dlq", "operator dead-letters redrive rule");
    }

    private async Task AsksAsync(RunningHost host, string id, string[] hops, params string[] state)
    {
        await InLakeAsync(id, hops.Count(static hop => hop == "lake"));
        await ask(host, id, hops, state);
    }

    /// <summary>Waits for the lake, whose objects are written some seconds after.</summary>
    private Task InLakeAsync(string id, int lines) =>
        UntilAsync(() => RunningHost.LakeLines(data).Count(line => line.Contains($"\"id\":\"{id}\"", StringComparison.Ordinal)) >= lines);

    /// <summary>Waits for this event: the consumer fails for many others as well, and which of them is given up first is not said.</summary>
    private static Task InRuleDeadLettersAsync(RunningHost host, string id) =>
        UntilAsync(async () => (await host.Client.GetStringAsync($"_page/events?id={id}")).Contains("data-events-rule-dlq", StringComparison.Ordinal));

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await condition())
        {
            await pause.WaitForNextTickAsync(patience.Token);
        }
    }

    private async Task DropDeadLetterAsync(string id)
    {
        var (_, output, _) = await ToolProcess.RunAsync(BuiltTools.Operator, "dead-letters", "list", "queue", "--json", "--data", data);
        using var letters = JsonDocument.Parse(output);
        var letter = letters.RootElement.GetProperty("deadLetters").EnumerateArray().Single(letter => letter.GetProperty("event").GetString() == id).GetProperty("id").GetString()!;
        var (exitCode, _, errors) = await ToolProcess.RunAsync(BuiltTools.Operator, "dead-letters", "drop", "queue", letter, "--yes", "--data", data);
        exitCode.Should().Be(0, "{0}", errors);
    }

    /// <summary>The object of the batch that was given up with the event; null while there is none.</summary>
    private string? GivenUp(string id)
    {
        var folder = Directory.CreateDirectory(Path.Combine(data, "on-failure"));
        return folder.EnumerateFiles("*", SearchOption.AllDirectories).Select(static file => file.FullName).FirstOrDefault(file => File.ReadAllText(file).Contains($"order-{id}", StringComparison.Ordinal));
    }

    /// <summary>Deletes that object, as somebody does who tidies the bucket.</summary>
    private async Task DeleteGivenUpAsync(RunningHost host, string id)
    {
        using var answer = await host.Client.DeleteAsync(new Uri($"data-events/{Path.GetRelativePath(data, GivenUp(id)!)}", UriKind.Relative));
        answer.StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    private static string Order(string id, string? stream = null, string note = "first") =>
        $$"""{"kind":"order","orderId":"{{stream ?? id}}","eventId":"{{id}}","note":"{{note}}"}""";
}
