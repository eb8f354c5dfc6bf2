namespace DataToEvents.Deployed.Tests.Promises;

/// <summary>Compares the consumer's API with what was stored and published: each event once, and the last one of each stream as the latest.</summary>
internal sealed class ConsumerView(ConsumerApi api, List<SeenItem> stored, List<SeenEnvelope> published, Action<string, string> broken)
{
    private const string Promise = "Exactly one effect, order per stream";

    public async Task CheckAsync()
    {
        var streams = stored.GroupBy(item => item.Stream).ToArray();
        var payloads = stored.Where(item => item.Event.PayloadKey is not null).ToArray();
        var paths = streams.Select(stream => $"/streams/{Uri.EscapeDataString(stream.Key)}")
            .Concat(payloads.Select(item => $"/payloads/{item.Event.PayloadKey!.Split('/')[^1]}"))
            .Prepend("/").ToArray();
        var answers = await api.AskAsync(paths);
        if (await api.StatusOfStrangersAsync("/") is var status and not 403)
        {
            broken("Only who may is answered", $"the API answers a request without a signature with {status}");
        }

        CheckSummary(answers[0], streams.Length);
        for (var i = 0; i < streams.Length; i++)
        {
            CheckStream(streams[i], answers[1 + i]);
        }

        foreach (var answer in answers.Skip(1 + streams.Length).Where(answer => answer.Status != 200))
        {
            broken("Bytes survive", $"the API answers {answer.Path} with {answer.Status}");
        }
    }

    private void CheckSummary(ApiAnswer answer, int streams)
    {
        if (answer.Status != 200 || answer.Json.GetProperty("events").GetInt32() != stored.Count || answer.Json.GetProperty("streams").GetInt32() != streams)
        {
            broken(Promise, $"the API tells of {Shown(answer)}, and {stored.Count} events of {streams} streams are stored");
        }
    }

    private void CheckStream(IGrouping<string, SeenItem> stream, ApiAnswer answer)
    {
        var last = stream.Last();
        var asPublished = published.FirstOrDefault(item => item.Key == last.Key);
        if (answer.Status != 200 || answer.Json.GetProperty("events").GetInt32() != stream.Count())
        {
            broken(Promise, $"the API tells of {Shown(answer)} in the stream {stream.Key}, and {stream.Count()} events are stored");
        }
        else if (SeenEnvelope.Parse(answer.Json.GetProperty("latest").GetRawText()) is var latest && (latest.Key != last.Key || latest.StreamSequence != last.Sequence || asPublished is null))
        {
            broken(Promise, $"the API tells of {latest.Id} ({latest.StreamSequence}) as the latest of the stream {stream.Key}, and {last.Event.Id} ({last.Sequence}) is the last that was stored");
        }
    }

    private static string Shown(ApiAnswer answer) => $"{answer.Status} {System.Text.Encoding.UTF8.GetString(answer.Body.AsSpan(0, Math.Min(answer.Body.Length, 200)))}";
}
