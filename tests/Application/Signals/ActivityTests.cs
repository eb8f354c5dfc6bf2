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
        activities.Should().OnlyContain(activity => activity.HasRemoteParent && activity.Status == ActivityStatusCode.Unset && activity.GetTagItem("EventsPublished")!.Equals(6L));
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
    public async Task The_storer_continues_the_traces_of_its_messages()
    {
        var activities = new List<Activity>();
        using (Listen(activities))
        {
            await _steps.StoreAsync(("a", One), ("b", null));
        }

        var activity = activities.Should().ContainSingle().Subject;
        (activity.OperationName, activity.TraceId.ToString(), activity.GetTagItem("EventsStored")).Should().Be(("EventStorer", One[3..35], 2L));
    }

    [Fact]
    public async Task An_invocation_that_comes_with_a_recorded_trace_continues_it_and_begins_none()
    {
        var (activities, queue) = (new List<Activity>(), new FakeQueue());
        using (Listen(activities))
        {
            await new Steps { TraceParent = One }.TransformAsync(queue, """{"s":"a"}""");
        }

        var activity = activities.Should().ContainSingle().Subject;
        activity.ParentId.Should().Be(One);
        queue.Taken.Should().ContainSingle().Which.TraceParent.Should().Be(activity.Id);
    }

    [Fact]
    public async Task An_invocation_whose_trace_is_not_sampled_begins_one_of_its_own()
    {
        var (activities, queue) = (new List<Activity>(), new FakeQueue());
        using (Listen(activities, parent => parent.TraceId == default))
        {
            await new Steps { TraceParent = One }.TransformAsync(queue, """{"s":"a"}""");
        }

        var activity = activities.Should().ContainSingle().Subject;
        activity.ParentId.Should().BeNull();
        queue.Taken.Should().ContainSingle().Which.TraceParent.Should().Be(activity.Id);
    }

    [Fact]
    public async Task Where_nothing_is_sampled_events_get_the_trace_that_the_invocation_came_with()
    {
        var queue = new FakeQueue();
        using (Listen([], _ => false))
        {
            await new Steps { TraceParent = One }.TransformAsync(queue, """{"s":"a"}""");
        }

        queue.Taken.Should().ContainSingle().Which.TraceParent.Should().Be(One);
    }

    [Fact]
    public async Task Where_meters_are_not_supported_there_are_no_activities_and_traces_pass_through()
    {
        var (activities, queue) = (new List<Activity>(), new FakeQueue());
        using (Listen(activities))
        using (new WithoutMeters())
        {
            await new Steps { TraceParent = One }.TransformAsync(queue, """{"s":"a"}""");
            await _steps.EmitAsync(("b", Another));
        }

        activities.Should().BeEmpty();
        queue.Taken.Should().ContainSingle().Which.TraceParent.Should().Be(One);
    }

    [Fact]
    public async Task A_flood_of_traces_is_shown_by_its_first_128()
    {
        var activities = new List<Activity>();
        using (Listen(activities))
        {
            await _steps.EmitAsync([.. Enumerable.Range(1, 130).Select(trace => ($"{trace}", (string?)$"00-{trace:x32}-b7ad6b7169203331-01"))]);
        }

        activities.Select(activity => activity.TraceId.ToString()).Should().BeEquivalentTo(Enumerable.Range(1, 128).Select(trace => $"{trace:x32}"));
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

    private static ActivityListener Listen(List<Activity> ended, Func<ActivityContext, bool>? samples = null)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == PathSignals.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => samples?.Invoke(options.Parent) == false ? ActivitySamplingResult.None : ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Add,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
