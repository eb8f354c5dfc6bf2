namespace DataToEvents.EndToEnd.Tests;

/// <summary>
/// "What happened to this event?", asked for an event in each place where one can be: by the consumer's API, by <c>operator events get</c>, and by what the page asks the host.
/// The page itself is asked in tests/Page.
/// </summary>
public sealed class EventWalkTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task What_happened_to_an_event_is_answered_wherever_it_is() => new EventWalk(_folder.Data, AnswersAsync).GoAsync();

    private async Task AnswersAsync(RunningHost host, string id, string[] hops, params string[] state)
    {
        var isInView = hops.Contains("delivered");
        using var list = JsonDocument.Parse(await host.Client.GetStringAsync($"api/events?id={id}"));
        list.RootElement.GetProperty("events").EnumerateArray().Select(item => item.GetProperty("id").GetString()).Should().Equal(isInView ? [id] : [], "{0}", id);
        using var one = await host.Client.GetAsync(new Uri($"api/events/{Uri.EscapeDataString(EventWalk.Source)}/{id}", UriKind.Relative));
        one.StatusCode.Should().Be(isInView ? HttpStatusCode.OK : HttpStatusCode.NotFound, "{0}", id);
        if (!isInView)
        {
            (await one.Content.ReadAsStringAsync()).Should().Contain("operator events get says where it is");
        }

        // The operator reads the archive when it is asked to, and the page always does.
        var isPublished = hops.Contains("published");
        string[] further = isPublished ? ["--with-archive"] : [];
        var (exitCode, output, errors) = await ToolProcess.RunAsync(BuiltTools.Operator, ["events", "get", id, "--json", "--data", _folder.Data, .. further]);
        exitCode.Should().Be(0, "{0}", errors);
        using var answer = JsonDocument.Parse(output);
        Judge(answer, id, hops, state);
        if (isPublished)
        {
            using var journey = JsonDocument.Parse(await host.Client.GetStringAsync($"_page/journey?id={id}&stream=order-{id}&source={EventWalk.Source}"));
            journey.RootElement.GetProperty("steps").EnumerateArray().Single(step => step.GetProperty("id").GetString() == "published").GetProperty("at").ValueKind.Should().Be(JsonValueKind.String);
            journey.RootElement.GetProperty("event").GetString().Should().Contain(id);
            return;
        }

        using var page = JsonDocument.Parse(await host.Client.GetStringAsync($"_page/events?id={id}"));
        Judge(page, id, hops, state);
    }

    private static void Judge(JsonDocument answer, string id, string[] hops, string[] state)
    {
        var found = answer.RootElement.GetProperty("events").EnumerateArray().Should().ContainSingle("of {0}", id).Subject;
        found.GetProperty("stream").GetString().Should().Be($"order-{id}");
        found.GetProperty("journey").EnumerateArray().Select(step => step.GetProperty("hop").GetString()).Should().Equal(hops, "{0}", id);
        found.GetProperty("state").GetString().Should().ContainAll(state);
        found.GetProperty("envelope").GetString().Should().Contain("\"note\":\"first\"");
    }
}
