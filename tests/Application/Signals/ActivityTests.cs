using System.Diagnostics;
using DataToEvents.Application.Signals;

namespace DataToEvents.Application.Tests.Signals;

public sealed class ActivityTests
{
    private const string One = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private const string Another = "00-1af7651916cd43dd8448eb211c80319c-c7ad6b7169203331-01";
    private const string NotRecorded = "00-2af7651916cd43dd8448eb211c80319c-d7ad6b7169203331-00";

    private readonly Steps _steps = new();

    [Fact]
    public async Task Each_recorded_trace_of_a_batch_goes_on_and_one_that_is_not_recorded_does_not()
    {
        var activities = new List<Activity>();
        using (Listen(activities))
        {
            await _steps.EmitAsync(("a", One), ("b", Another), ("c", One), ("d", NotRecorded), ("e", null), ("f", "mine"));
        }

        activities.Select(activity => (activity.OperationName, $"00-{activity.TraceId}-{activity.ParentSpanId}-01")).Should().BeEquivalentTo(
            [("IntegrationEventEmitter", One), ("IntegrationEventEmitter", Another)]);
        activities.Should().OnlyContain(activity => activity.Status == ActivityStatusCode.Unset && activity.GetTagItem("EventsPublished")!.Equals(6L));
    }

    [Fact]
    public async Task Events_without_a_trace_get_that_of_the_transformers_activity_and_a_producers_own_goes_on_as_it_is()
    {
        var (activities, queue) = (new List<Activity>(), new FakeQueue());
        using (Listen(activities))
        {
            await _steps.TransformAsync(queue, """{"s":"a"}""", Steps.CloudEvent("b", One));
        }

        queue.Taken.Single(taken => taken.Stream.Value == "a").TraceParent.Should().Be(activities[^1].Id);
        queue.Taken.Single(taken => taken.Stream.Value == "b").TraceParent.Should().Be(One);
        activities.Select(activity => activity.TraceId.ToString()).Should().HaveCount(2).And.OnlyHaveUniqueItems().And.Contain(One[3..35]);
    }

    [Fact]
    public async Task A_step_that_throws_ends_its_activity_as_an_error()
    {
        var activities = new List<Activity>();
        using (Listen(activities))
        {
            var respond = () => _steps.RespondAsync(Steps.Envelope("a", One), fault: new IOException("no view"));
            await respond.Should().ThrowAsync<IOException>();
        }

        activities.Should().ContainSingle().Which.Status.Should().Be(ActivityStatusCode.Error);
    }

    private static ActivityListener Listen(List<Activity> ended)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == PathSignals.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Add,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
