using DataToEvents.EndToEnd.Tests.Signals;

namespace DataToEvents.EndToEnd.Tests;

/// <summary>
/// "What happened to this event?", asked for an event in each place where one can be: by the consumer's API, by <c>operator events get</c>, and by the page.
/// One host, whose faults are switched on and off as a person does it on the page, brings the events there.
/// </summary>
public sealed class EventWalkTests : IDisposable
{
    private const string Source = "urn:datatoevents/order";

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_happened_to_an_event_is_answered_wherever_it_is()
    {
        using var host = await RunningHost.StartAsync(_folder.Data, more: ["--audit"]);

        await host.PutAsync([Order("view"), Order("twice")]);
        await host.AwaitDeliveredAsync(2);
        await AnswersAsync(host, "view", isInView: true, ["accepted", "lake", "stored", "delivered"], "It was delivered to the consumer.");
        await host.PutAsync([Order("twice", note: "another")]);
        await host.AwaitMetricAsync("datatoevents_conflicts_total", 1);
        await AnswersAsync(host, "twice", isInView: true, ["accepted", "lake", "lake", "set aside: conflict", "stored", "delivered"], "It was delivered to the consumer.");

        await PageFaultSwitch.SetAsync(host, "consumer", isOn: true);
        await host.PutAsync([Order("rule")]);
        await host.AwaitMetricAsync("datatoevents_published_total", 3);

        await PageFaultSwitch.SetAsync(host, "transformer", isOn: true);
        await host.PutAsync([Order("failed")]);
        await host.AwaitMetricAsync("""datatoevents_failed_total{place="processing_failed"}""", 1);
        await PageFaultSwitch.SetAsync(host, "transformer", isOn: false);
        await UntilAsync(() => Directory.Exists(Path.Combine(_folder.Data, "lake", "errors")));
        await AnswersAsync(host, "failed", isInView: false, ["accepted", "set aside: not transformed"], "It lies in lake/errors/", "operator failed reingest");

        await PageFaultSwitch.SetAsync(host, "store", isOn: true);
        await host.PutAsync([Order("letter"), Order("lake")]);
        await host.AwaitMetricAsync("""datatoevents_failed_total{place="dead_letter_queue"}""", 2);
        await DropDeadLetterAsync("lake");
        await AnswersAsync(host, "letter", isInView: false, ["accepted", "lake", "set aside: not stored"], "It lies in data-events-dlq.fifo", "operator dead-letters redrive queue");
        await AnswersAsync(host, "lake", isInView: false, ["accepted", "lake"], "It passed the Transformer and is not stored yet: only the lake has it, and the queue is empty.", "operator capture --source lake --stream 'order-lake'");

        // One batch of a stream after the other becomes dead letters, so that the last event still waits when the lake has it.
        await host.PutAsync([.. Enumerable.Range(0, 200).Select(number => Order($"before-{number}", stream: "queue")), Order("queue")]);
        await AnswersAsync(host, "queue", isInView: false, ["accepted", "lake"], "It passed the Transformer and is not stored yet: it waits in the queue");
        await PageFaultSwitch.SetAsync(host, "store", isOn: false);
        await host.AwaitMetricAsync("""datatoevents_hop_depth{hop="queue"}""", 0);
        await host.AwaitMetricAsync("""datatoevents_hop_depth{hop="emitter"}""", 0);

        await PageFaultSwitch.SetAsync(host, "emitter", isOn: true);
        await host.PutAsync([Order("batch")]);
        await UntilAsync(() => GivenUp("batch") is not null);
        await AnswersAsync(host, "batch", isInView: false, ["accepted", "lake", "stored", "set aside: not published"], "It lies in on-failure/", "operator on-failure recover");
        await host.PutAsync([Order("store")]);
        await UntilAsync(() => GivenUp("store") is not null);
        await DeleteGivenUpAsync(host, "store");
        await AnswersAsync(host, "store", isInView: false, ["accepted", "lake", "stored"], "It is stored, and the consumer has not taken it yet");
        await PageFaultSwitch.SetAsync(host, "emitter", isOn: false);

        await host.PutAsync([Order("bus")]);
        await AnswersAsync(host, "bus", isInView: false, ["accepted", "lake", "stored"], "It is stored, and the consumer has not taken it yet");
        await ArchiveAnswersAsync(host, "bus", ["accepted", "lake", "stored", "published"], "It was published, and the consumer has not taken it yet");
        await InRuleDeadLettersAsync(host, "rule");
        await AnswersAsync(host, "rule", isInView: false, ["accepted", "lake", "stored", "set aside: not delivered"], "It lies in data-events-rule-dlq", "operator dead-letters redrive rule");
    }

    /// <summary>Asks in the three ways.</summary>
    private async Task AnswersAsync(RunningHost host, string id, bool isInView, string[] hops, params string[] state)
    {
        await InLakeAsync(id, hops.Count(static hop => hop == "lake"));

        using var list = JsonDocument.Parse(await host.Client.GetStringAsync($"api/events?id={id}"));
        list.RootElement.GetProperty("events").EnumerateArray().Select(item => item.GetProperty("id").GetString()).Should().Equal(isInView ? [id] : [], "{0}", id);
        using var one = await host.Client.GetAsync(new Uri($"api/events/{Uri.EscapeDataString(Source)}/{id}", UriKind.Relative));
        one.StatusCode.Should().Be(isInView ? HttpStatusCode.OK : HttpStatusCode.NotFound, "{0}", id);
        if (!isInView)
        {
            (await one.Content.ReadAsStringAsync()).Should().Contain("operator events get says where it is");
        }

        var (exitCode, output, errors) = await ToolProcess.RunAsync(BuiltTools.Operator, "events", "get", id, "--json", "--data", _folder.Data);
        exitCode.Should().Be(0, "{0}", errors);
        using var answer = JsonDocument.Parse(output);
        Judge(answer, id, hops, state);
        using var page = JsonDocument.Parse(await host.Client.GetStringAsync($"_page/events?id={id}"));
        Judge(page, id, hops, state);
    }

    /// <summary>Asks the operator for the archive too; the page reads it at once.</summary>
    private async Task ArchiveAnswersAsync(RunningHost host, string id, string[] hops, string state)
    {
        var (exitCode, output, errors) = await ToolProcess.RunAsync(BuiltTools.Operator, "events", "get", id, "--with-archive", "--json", "--data", _folder.Data);
        exitCode.Should().Be(0, "{0}", errors);
        using var answer = JsonDocument.Parse(output);
        Judge(answer, id, hops, [state]);
        using var page = JsonDocument.Parse(await host.Client.GetStringAsync($"_page/journey?id={id}&stream=order-{id}&source={Source}"));
        var published = page.RootElement.GetProperty("steps").EnumerateArray().Single(step => step.GetProperty("id").GetString() == "published");
        published.GetProperty("at").ValueKind.Should().Be(JsonValueKind.String);
        page.RootElement.GetProperty("event").GetString().Should().Contain(id);
    }

    private static void Judge(JsonDocument answer, string id, string[] hops, string[] state)
    {
        var found = answer.RootElement.GetProperty("events").EnumerateArray().Should().ContainSingle("of {0}", id).Subject;
        found.GetProperty("stream").GetString().Should().Be($"order-{id}");
        found.GetProperty("journey").EnumerateArray().Select(step => step.GetProperty("hop").GetString()).Should().Equal(hops, "{0}", id);
        found.GetProperty("state").GetString().Should().ContainAll(state);
        found.GetProperty("envelope").GetString().Should().Contain("\"note\":\"first\"");
    }

    /// <summary>Waits for the lake, whose objects are written some seconds after.</summary>
    private Task InLakeAsync(string id, int lines) =>
        UntilAsync(() => RunningHost.LakeLines(_folder.Data).Count(line => line.Contains($"\"id\":\"{id}\"", StringComparison.Ordinal)) >= lines);

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
        var (_, output, _) = await ToolProcess.RunAsync(BuiltTools.Operator, "dead-letters", "list", "queue", "--json", "--data", _folder.Data);
        using var letters = JsonDocument.Parse(output);
        var letter = letters.RootElement.GetProperty("deadLetters").EnumerateArray().Single(letter => letter.GetProperty("event").GetString() == id).GetProperty("id").GetString()!;
        var (exitCode, _, errors) = await ToolProcess.RunAsync(BuiltTools.Operator, "dead-letters", "drop", "queue", letter, "--yes", "--data", _folder.Data);
        exitCode.Should().Be(0, "{0}", errors);
    }

    /// <summary>The object of the batch that was given up with the event; null while there is none.</summary>
    private string? GivenUp(string id)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Data, "on-failure"));
        return folder.EnumerateFiles("*", SearchOption.AllDirectories).Select(static file => file.FullName).FirstOrDefault(file => File.ReadAllText(file).Contains($"order-{id}", StringComparison.Ordinal));
    }

    /// <summary>Deletes that object, as somebody does who tidies the bucket.</summary>
    private async Task DeleteGivenUpAsync(RunningHost host, string id)
    {
        using var answer = await host.Client.DeleteAsync(new Uri($"data-events/{Path.GetRelativePath(_folder.Data, GivenUp(id)!)}", UriKind.Relative));
        answer.StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    private static string Order(string id, string? stream = null, string note = "first") =>
        $$"""{"kind":"order","orderId":"{{stream ?? id}}","eventId":"{{id}}","note":"{{note}}"}""";
}
