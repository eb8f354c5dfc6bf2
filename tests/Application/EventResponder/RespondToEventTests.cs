using DataToEvents.Application.EventResponder;
using DataToEvents.Domain;

namespace DataToEvents.Application.Tests.EventResponder;

public sealed class RespondToEventTests
{
    [Fact]
    public async Task A_replayed_event_is_ignored_unless_asked_for()
    {
        var view = new FakeView();
        var envelope = Example.Event("a", "1").Envelope;

        var replayed = DataEvent.Parse(envelope).ReplayedEnvelope("run", "1");
        (await new RespondToEvent(view, new ResponderOptions(), TimeProvider.System).ExecuteAsync(envelope, "r", CancellationToken.None)).Response.Should().Be(Response.ReplayIgnored);
        (await new RespondToEvent(view, new ResponderOptions(), TimeProvider.System).ExecuteAsync(replayed, null, CancellationToken.None)).Response.Should().Be(Response.ReplayIgnored);
        (await new RespondToEvent(view, new ResponderOptions(HandleReplays: true), TimeProvider.System).ExecuteAsync(envelope, "r", CancellationToken.None)).Response.Should().Be(Response.Applied);
        (await new RespondToEvent(view, new ResponderOptions(), TimeProvider.System).ExecuteAsync(envelope, null, CancellationToken.None)).Response.Should().Be(Response.AlreadyApplied);
    }

    private sealed class FakeView : IStreamView
    {
        private readonly HashSet<(string, string)> _seen = [];

        public Task<bool> ApplyAsync(DataEvent received, string sequence, CancellationToken cancellationToken) =>
            Task.FromResult(_seen.Add((received.Stream.Value, received.Id.Value)));
    }
}
