using Amazon.Lambda.Core;
using DataToEvents.Emulator.Lambda;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Emulator.Tests.Lambda;

public sealed class InProcessFunctionTests
{
    private static readonly FunctionOptions Options = new("greeter") { Timeout = TimeSpan.FromSeconds(3) };

    private readonly FakeTimeProvider _clock = new();
    private readonly CollectedLog _log = new();

    private FunctionHost Host => new(_clock, new Random(1), _log);

    [Fact]
    public async Task It_reads_its_event_from_json_and_answers_with_json()
    {
        var function = Typed((name, _) => Task.FromResult(new Greeting($"Hello {name.Name}")));

        var answer = await InvokeAsync(function, """{"Name":"José"}""");

        Text(answer).Should().Be("""{"Text":"Hello Jos\u00E9"}""");
        answer.Error.Should().BeNull();
    }

    [Fact]
    public async Task Answers_stay_valid_while_further_ones_are_made()
    {
        var function = Typed((name, _) => Task.FromResult(new Greeting(name.Name)));

        var first = await InvokeAsync(function, """{"Name":"first"}""");
        var second = await InvokeAsync(function, """{"Name":"2"}""");

        Text(first).Should().Be("""{"Text":"first"}""");
        Text(second).Should().Be("""{"Text":"2"}""");
    }

    [Fact]
    public async Task A_stream_is_answered_as_it_is()
    {
        var function = InProcessFunction.Create(
            Options, (Person _, ILambdaContext _) => Task.FromResult<Stream>(new MemoryStream("""{"statusCode":204}"""u8.ToArray())), new JsonSerializerForTests(), Host);

        var answer = await InvokeAsync(function, """{"Name":"x"}""");

        Text(answer).Should().Be("""{"statusCode":204}""");
    }

    [Fact]
    public async Task A_function_without_an_answer_returns_an_empty_payload()
    {
        var seen = new List<string>();
        var function = InProcessFunction.Create(
            Options,
            (Person person, ILambdaContext _) =>
            {
                seen.Add(person.Name);
                return Task.CompletedTask;
            },
            new JsonSerializerForTests(),
            Host);

        var answer = await InvokeAsync(function, """{"Name":"x"}""");

        seen.Should().Equal("x");
        answer.Error.Should().BeNull();
        answer.Payload.Length.Should().Be(0);
    }

    [Fact]
    public async Task An_exception_of_the_handler_is_a_function_error_and_is_logged()
    {
        var function = Typed((_, _) => throw new InvalidOperationException("no greeting today"));

        var answer = await InvokeAsync(function, """{"Name":"x"}""");

        answer.Error.Should().Be(new FunctionError("InvalidOperationException", "no greeting today"));
        _log.Lines.Should().ContainSingle().Which.Should().StartWith("greeter: System.InvalidOperationException: no greeting today");
    }

    [Fact]
    public async Task Nothing_is_formatted_for_a_log_that_nobody_reads()
    {
        var fault = new FaultThatCounts();
        var function = InProcessFunction.Create<Person, Greeting>(
            Options,
            (_, context) =>
            {
                context.Logger.LogInformation("before the fault");
                throw fault;
            },
            new JsonSerializerForTests(),
            Host with { Log = null });

        var answer = await InvokeAsync(function, """{"Name":"x"}""");

        answer.Error.Should().Be(new FunctionError(nameof(FaultThatCounts), "no greeting today"));
        fault.Written.Should().Be(0);
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_is_a_function_error()
    {
        var function = Typed((_, _) => throw new InvalidOperationException("not reached"));

        var answer = await InvokeAsync(function, "[");

        answer.Error!.Type.Should().Be("JsonException");
    }

    [Fact]
    public async Task An_invocation_that_takes_too_long_is_abandoned()
    {
        var never = new TaskCompletionSource<Greeting>();
        var invocation = InvokeAsync(Typed((_, _) => never.Task), """{"Name":"x"}""");

        _clock.Advance(TimeSpan.FromSeconds(3));

        var answer = await invocation;
        answer.Error!.Type.Should().Be("Sandbox.Timedout");
        answer.Error.Message.Should().EndWith("Task timed out after 3.00 seconds");
    }

    [Fact]
    public async Task A_timeout_or_cancellation_thrown_by_the_handler_is_a_function_error()
    {
        var timeout = await InvokeAsync(Typed((_, _) => throw new TimeoutException("mine")), """{"Name":"x"}""");
        var cancellation = await InvokeAsync(Typed((_, _) => throw new OperationCanceledException("mine")), """{"Name":"x"}""");

        timeout.Error.Should().Be(new FunctionError("TimeoutException", "mine"));
        cancellation.Error.Should().Be(new FunctionError("OperationCanceledException", "mine"));
    }

    [Fact]
    public async Task An_invocation_is_cancelled_when_the_host_stops()
    {
        using var stop = new CancellationTokenSource();
        var function = Typed((_, _) => new TaskCompletionSource<Greeting>().Task);
        var invocation = function.InvokeAsync("""{"Name":"x"}"""u8.ToArray(), stop.Token);

        await stop.CancelAsync();

        await invocation.Awaiting(i => i).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task The_context_has_the_functions_name_and_the_time_left()
    {
        ILambdaContext? seen = null;
        var remaining = new List<TimeSpan>();
        var function = Typed((_, context) =>
        {
            seen = context;
            remaining.Add(context.RemainingTime);
            _clock.Advance(TimeSpan.FromSeconds(1));
            remaining.Add(context.RemainingTime);
            context.Logger.LogInformation("seen");
            return Task.FromResult(new Greeting(""));
        });

        await InvokeAsync(function, """{"Name":"x"}""");

        seen!.FunctionName.Should().Be("greeter");
        seen.InvokedFunctionArn.Should().Be("arn:aws:lambda:us-east-1:000000000000:function:greeter");
        Guid.TryParse(seen.AwsRequestId, out _).Should().BeTrue();
        seen.TraceId.Should().MatchRegex("^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$");
        remaining.Should().Equal(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2));
        _log.Lines.Should().Equal("greeter: Information: seen");
    }

    [Fact]
    public async Task The_context_has_the_trace_of_the_caller_or_a_new_one()
    {
        var traces = new List<string>();
        var function = Typed((_, context) =>
        {
            traces.Add(context.TraceId);
            return Task.FromResult(new Greeting(""));
        });

        await function.InvokeAsync("""{"Name":"x"}"""u8.ToArray(), "Root=1-5-6;Sampled=1", CancellationToken.None);
        await InvokeAsync(function, """{"Name":"x"}""");

        traces[0].Should().Be("Root=1-5-6;Sampled=1");
        traces[1].Should().StartWith($"Root=1-{_clock.GetUtcNow().ToUnixTimeSeconds():x8}-");
    }

    [Fact]
    public async Task Log_lines_have_their_arguments_filled_in_and_debug_lines_are_left_out()
    {
        var function = Typed((_, context) =>
        {
            context.Logger.Log("plain");
            context.Logger.LogLine("line");
            context.Logger.Log("Warning", "Stored {Count} of {Total}, {Missing} and {NotGiven}", 1.5, "two", null!);
            context.Logger.Log("Error", "{Braces} stay where there is nothing to fill in");
            context.Logger.LogDebug("hidden");
            context.Logger.LogTrace("hidden");
            return Task.FromResult(new Greeting(""));
        });

        await InvokeAsync(function, """{"Name":"x"}""");

        _log.Lines.Should().Equal(
            "greeter: plain", "greeter: line", "greeter: Warning: Stored 1.5 of two,  and {NotGiven}", "greeter: Error: {Braces} stay where there is nothing to fill in");
    }

    [Fact]
    public async Task Requests_and_responses_have_a_size_limit()
    {
        var function = Typed((name, _) => Task.FromResult(new Greeting(new string('x', 6 * 1024 * 1024))));

        var request = await function.InvokeAsync(new byte[(6 * 1024 * 1024) + 1], CancellationToken.None);
        var response = await InvokeAsync(function, """{"Name":"x"}""");

        request.Error!.Type.Should().Be("RequestTooLargeException");
        response.Error!.Type.Should().Be("Function.ResponseSizeTooLarge");
    }

    private InProcessFunction Typed(Func<Person, ILambdaContext, Task<Greeting>> handler) =>
        InProcessFunction.Create(Options, handler, new JsonSerializerForTests(), Host);

    private static Task<InvocationResult> InvokeAsync(InProcessFunction function, string json) =>
        function.InvokeAsync(Encoding.UTF8.GetBytes(json), CancellationToken.None);

    private static string Text(InvocationResult answer) => Encoding.UTF8.GetString(answer.Payload.Span);

    private sealed record Person(string Name);

    private sealed record Greeting(string Text);

    /// <summary>Counts how often it is written out with its stack.</summary>
    private sealed class FaultThatCounts() : Exception("no greeting today")
    {
        public int Written { get; private set; }

        public override string ToString()
        {
            Written++;
            return base.ToString();
        }
    }
}
