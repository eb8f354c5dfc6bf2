namespace DataToEvents.Deployed.Tests.Promises;

/// <summary>Checks that nothing is lost and poison stays local: each trouble that the test made has left one item in its place, and there is no other item.</summary>
internal sealed class SetAside(Observed observed, Action<string, string> broken)
{
    private const string Promise = "Nothing is lost, poison stays local";

    public async Task CheckAsync()
    {
        await CheckObjectAsync("the record that cannot be queued", Places.ProcessingFailed, json => RawData(json).Contains("\"wide-1\"", StringComparison.Ordinal));
        await CheckObjectAsync("the change that cannot be published", Places.OnFailure, json => json.GetProperty("payload").GetString()!.Contains("\"trouble\"", StringComparison.Ordinal));
        await CheckObjectAsync("the conflicting event", Places.Quarantine, json => json.GetProperty("envelope").GetRawText().Contains("\"first\":false", StringComparison.Ordinal));
        await CheckQueueAsync("the message that is no event", Places.DeadLetters, body => body == "no event");
        await CheckQueueAsync("the event that the consumer cannot read", Places.RuleDeadLetters, body => body.Contains("\"trouble\"", StringComparison.Ordinal));
        await CheckQueueAsync("nothing", Places.AuditDeadLetters, _ => false);
        var misplaced = (await observed.KeysAsync("")).Where(key => !Known(key)).ToArray();
        Tell(misplaced.Length == 0, $"{misplaced.Length} objects lie where nobody looks for them, the first of them {misplaced.FirstOrDefault()}");
    }

    private static bool Known(string key) =>
        new[] { Places.Lake, Places.ProcessingFailed, Places.OnFailure, Places.Quarantine, Places.Payloads }.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal));

    private async Task CheckObjectAsync(string what, string prefix, Func<JsonElement, bool> isIt)
    {
        var objects = new List<JsonElement>();
        foreach (var key in await observed.KeysAsync(prefix))
        {
            // Firehose's objects have one line for each record. The other objects are one document.
            var text = Encoding.UTF8.GetString(await observed.ObjectAsync(key));
            objects.AddRange(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement));
        }

        Tell(objects.Count == 1 && isIt(objects[0]), $"{prefix} should hold {what}, and holds {objects.Count} records{Shown(objects.FirstOrDefault().ToString())}");
    }

    private async Task CheckQueueAsync(string what, string queue, Func<string, bool> isIt)
    {
        var bodies = await observed.DrainAsync(queue);
        var isRight = bodies is [var only] ? isIt(only) : bodies.Count == 0 && what == "nothing";
        Tell(isRight, $"{queue} should hold {what}, and holds {bodies.Count} messages{Shown(bodies.FirstOrDefault())}");
    }

    private void Tell(bool holds, string what)
    {
        if (!holds)
        {
            broken(Promise, what);
        }
    }

    private static string Shown(string? text) => string.IsNullOrEmpty(text) ? "" : $", the first of them {text[..Math.Min(text.Length, 300)]}";

    private static string RawData(JsonElement failed) => Encoding.UTF8.GetString(failed.GetProperty("rawData").GetBytesFromBase64());
}
