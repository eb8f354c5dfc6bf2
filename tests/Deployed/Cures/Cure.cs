namespace DataToEvents.Deployed.Tests.Cures;

/// <summary>One case: the way in which a deployment is broken, its feed meanwhile, and the operator's commands after it was mended.</summary>
/// <param name="BrokenBy">The way in which it is broken; null if it is never broken.</param>
/// <param name="Feed">The options of <c>generator send</c>.</param>
/// <param name="Steps">The operator's commands, each with its expected result.</param>
internal sealed record Cure(string? BrokenBy, IReadOnlyList<string> Feed, Func<MendedPath, Task> Steps)
{
    private const int Records = 60;

    /// <summary>Records of the cases in which the emitter fails. There are few, because it tries each event six times, which takes seconds.</summary>
    private const int Few = 8;

    private static readonly string[] Sources = ["archive", "store", "lake"];

    /// <summary>These records have no ids, so that the Transformer makes ids from arrival time and bytes.</summary>
    private static readonly string[] Orders = ["--count", $"{Records}", "--streams", "7", "--seed", "5", "--non-ascii", "20"];

    /// <summary>The third record has the id of the first, and other content.</summary>
    private static readonly string[] Conflicts = ["--input", Path.Combine(BuiltTools.Root, "tests", "Deployed", "Cures", "conflicts.ndjson")];

    /// <summary>All cases by the names of their tests in <see cref="OperatorTests"/>.</summary>
    public static IReadOnlyDictionary<string, Cure> All { get; } = new Dictionary<string, Cure>
    {
        [nameof(OperatorTests.Records_that_could_not_be_transformed_are_listed_shown_and_sent_in_again)] = new("a Transformer that may not send", Orders, async path =>
        {
            await path.ShouldVerifyButAsync("setAside", Records, "in processing-failed");
            var listed = await path.ListAsync("objects", "failed", "list");
            await path.ShouldCountAsync("processing-failed objects", listed.GetArrayLength());
            var shown = await path.ListAsync("records", "failed", "show", listed[0].GetProperty("object").GetString()!);

            var reingest = await path.CureAsync("failed", "reingest");

            listed.EnumerateArray().Sum(item => item.GetProperty("records").GetInt64()).Should().Be(Records);
            shown[0].GetProperty("data").GetProperty("bytes").GetInt64().Should().BePositive();
            reingest.Output.Should().Contain($"{Records} records reingested");
            await path.ShouldCountAsync("processing-failed objects", 0);
            await path.ShouldVerifyAsync();
        }),
        [nameof(OperatorTests.Messages_that_could_not_be_stored_are_listed_shown_and_moved_back_in_order)] = new("an EventStorer that may not store", Orders, async path =>
        {
            await path.ShouldCountAsync("the queue's dead letters", Records);
            var listed = await path.ListAsync("deadLetters", "dead-letters", "list", "queue");
            var shown = await path.ListAsync("body", "dead-letters", "show", "queue", listed[0].GetProperty("id").GetString()!);

            var redrive = await path.CureAsync("dead-letters", "redrive", "queue");

            shown.GetString().Should().Contain("\"specversion\":\"1.0\"");
            redrive.Output.Should().Contain($"{Records} messages redriven");
            await path.ShouldCountAsync("the queue's dead letters", 0);
            await path.ShouldVerifyAsync();
        }),
        [nameof(OperatorTests.A_dropped_message_is_lost_and_no_other)] = new("an EventStorer that may not store", Orders, async path =>
        {
            var first = (await path.ListAsync("deadLetters", "dead-letters", "list", "queue"))[0];

            var drop = await path.CureAsync("dead-letters", "drop", "queue", first.GetProperty("id").GetString()!);
            await path.CureAsync("dead-letters", "redrive", "queue");

            drop.Output.Should().Contain($"event {first.GetProperty("event").GetString()} of stream {first.GetProperty("stream").GetString()}").And.Contain("1 message dropped");
            await path.ShouldVerifyButAsync("lost", 1, $"stream {first.GetProperty("stream").GetString()}");
        }),
        [nameof(OperatorTests.Events_that_the_consumer_did_not_take_are_listed_shown_and_published_again)] = new("a consumer that may not write its view", Orders, async path =>
        {
            await path.ShouldVerifyButAsync("setAside", Records, "in the rule's dead-letter queue");
            await path.ShouldCountAsync("the rule's dead letters", Records);
            var listed = await path.ListAsync("deadLetters", "dead-letters", "list", "rule");
            var shown = await path.ListAsync("body", "dead-letters", "show", "rule", listed[0].GetProperty("id").GetString()!);

            var redrive = await path.CureAsync("dead-letters", "redrive", "rule");

            listed.GetArrayLength().Should().Be(Records);
            shown.GetString().Should().Contain("\"detail-type\":\"DataInserted\"");
            redrive.Output.Should().Contain($"{Records} messages redriven");
            await path.ShouldCountAsync("the rule's dead letters", 0);
            await path.ShouldVerifyAsync();
        }),
        [nameof(OperatorTests.All_dead_letters_of_the_rule_are_dropped_and_verify_misses_each)] = new("a consumer that may not write its view", Orders, async path =>
        {
            var drop = await path.CureAsync("dead-letters", "drop", "rule", "--all");

            drop.Output.Should().Contain($"{Records} messages dropped");
            await path.ShouldCountAsync("the rule's dead letters", 0);
            await path.ShouldVerifyButAsync("lost", Records, "not in the consumer's view");
        }),
        [nameof(OperatorTests.Changes_that_could_not_be_published_are_listed_and_published)] = new("an emitter that may not publish", ["--count", $"{Few}", "--streams", "4", "--seed", "6"], async path =>
        {
            await path.ShouldVerifyButAsync("setAside", Few, "in on-failure (aws/lambda/");
            var listed = await path.ListAsync("batches", "on-failure", "list");
            await path.ShouldCountAsync("on-failure batches", listed.GetArrayLength());

            var recover = await path.CureAsync("on-failure", "recover");

            listed.EnumerateArray().Sum(batch => batch.GetProperty("records").GetInt64()).Should().Be(Few);
            recover.Output.Should().Contain($"{Few} events published");
            await path.ShouldCountAsync("on-failure batches", 0);
            await path.ShouldVerifyAsync();
        }),
        [nameof(OperatorTests.A_conflict_is_listed_shown_and_released_as_an_event_of_its_own)] = new(null, Conflicts, async path =>
        {
            await path.ShouldVerifyButAsync("setAside", 1, "in quarantine");
            await path.ShouldCountAsync("quarantined conflicts", 1);
            var handle = (await path.ListAsync("conflicts", "quarantine", "list"))[0].GetProperty("object").GetString()!;
            var conflicting = await path.ListAsync("conflicts", "quarantine", "show", handle);

            var release = await path.CureAsync("quarantine", "release", handle);

            conflicting.GetString().Should().Contain("\"first\":false");
            release.Output.Should().Contain("event c-1~").And.Contain("1 event released");
            await path.ShouldCountAsync("quarantined conflicts", 0);
            await path.ShouldVerifyAsync();
        }),
        [nameof(OperatorTests.A_dropped_conflict_is_lost_and_the_event_that_stands_is_not)] = new(null, Conflicts, async path =>
        {
            var drop = await path.CureAsync("quarantine", "drop", "--all");

            drop.Output.Should().Contain("1 conflict dropped");
            await path.ShouldCountAsync("quarantined conflicts", 0);
            await path.ShouldVerifyButAsync("lost", 1, "event c-1 of stream conflicts (record 2, position 3): not in quarantine");
        }),
        [nameof(OperatorTests.Archive_store_and_lake_are_replayed_marked_and_the_consumer_ignores_them)] = new(null, Orders, async path =>
        {
            foreach (var source in Sources)
            {
                await path.CureAsync(["replay", "--source", source, "--name", $"from-{source}", .. path.AllTime]);
            }

            await path.ShouldVerifyAsync();
            var published = await path.PublishedAsync();
            published.CountBy(Replay).Should().Equal(new Dictionary<string, int> { ["none"] = Records, ["from-archive"] = Records, ["from-store"] = Records, ["from-lake"] = Records });
            published.Select(item => item.GetProperty("detail").GetProperty("id").GetString()).Distinct().Should().HaveCount(Records);
        }),
    };

    /// <summary>The origin of a replayed event: EventBridge names its replay beside the detail, the operator names its run in the detail.</summary>
    private static string Replay(JsonElement item) =>
        item.TryGetProperty("replay-name", out var name) || item.GetProperty("detail").TryGetProperty("dtereplay", out name) ? name.GetString()! : "none";
}
