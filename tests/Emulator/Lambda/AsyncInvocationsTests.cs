using DataToEvents.Emulator.Http;
using DataToEvents.Emulator.Http.Functions;
using DataToEvents.Emulator.Lambda;
using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tests.Http;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Emulator.Tests.Lambda;

/// <summary>Invocations of type Event. Source: AWS Lambda Developer Guide, "How Lambda handles errors and retries with asynchronous invocation", and the API Reference, "Invoke".</summary>
public sealed class AsyncInvocationsTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Dictionary<string, IInvocable> _functions = [];
    private readonly List<DateTimeOffset> _tries = [];
    private string? _error = "Broken";

    public AsyncInvocationsTests() => _functions["fake"] = new FakeFunction(_ =>
    {
        _tries.Add(_time.GetUtcNow());
        return Task.FromResult(_error is null ? InvocationResult.Success("null"u8.ToArray()) : InvocationResult.Failure(_error, ""));
    });

    [Theory]
    [InlineData(null, "0")]
    [InlineData("Broken", "0 60 180")]
    public void A_function_that_fails_is_invoked_twice_more_and_then_the_event_is_lost(string? error, string seconds) => Run(async invocations =>
    {
        _error = error;
        await invocations.AddAsync("fake", "{}"u8.ToArray());

        await AdvanceAsync(TimeSpan.FromSeconds(10), 100);

        (Seconds(), invocations.Pending).Should().Be((seconds, 0));
    });

    [Fact]
    public void A_function_that_is_throttled_is_tried_for_six_hours() => Run(async invocations =>
    {
        _error = "TooManyRequestsException";
        await invocations.AddAsync("fake", "{}"u8.ToArray());

        await AdvanceAsync(TimeSpan.FromSeconds(1), 7 * 3600);

        Seconds().Should().StartWith("0 1 3 7 15 31 63 127 255 511 811 1111 ");
        invocations.Pending.Should().Be(0);
        (_tries[^1] - _tries[0]).Should().BeGreaterThanOrEqualTo(TimeSpan.FromHours(6)).And.BeLessThan(TimeSpan.FromHours(6) + TimeSpan.FromMinutes(5));
    });

    [Fact]
    public void An_event_of_a_function_that_is_gone_is_lost() => Run(async invocations =>
    {
        await invocations.AddAsync("none", "{}"u8.ToArray());

        await OneThread.IdleAsync();

        (_tries.Count, invocations.Pending).Should().Be((0, 0));
    });

    [Fact]
    public void What_was_taken_before_a_restart_is_invoked_after_it() => OneThread.Run(async () =>
    {
        await using var database = Database.OpenInMemory();
        await RunAsync(database, async invocations =>
        {
            await invocations.AddAsync("fake", "{}"u8.ToArray());
            await OneThread.IdleAsync();
            (_tries.Count, invocations.Pending).Should().Be((1, 1), "the first try failed, and the next one is a minute away");
        });
        _error = null;
        await RunAsync(database, async invocations =>
        {
            await OneThread.IdleAsync();
            (_tries.Count, invocations.Pending).Should().Be((2, 0));
        });
    });

    [Fact]
    public async Task A_client_gets_202_once_the_event_is_durable_and_an_event_has_one_megabyte_at_most()
    {
        await using var database = Database.OpenInMemory();
        using var invocations = new AsyncInvocations(database, _functions, _time);
        await invocations.OpenAsync();
        await using var endpoint = await EmulatorEndpoint.StartAsync(new EmulatorEndpointOptions
        {
            Functions = new FunctionsEndpoint(_functions, [], "us-east-1", "000000000000", policy: null, invocations),
            OnFault = fault => throw new InvalidOperationException("A fault at the endpoint.", fault),
        });
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{endpoint.Port}/2015-03-31/functions/") };

        (await InvokeAsync("""{"n":1}""")).Should().Match<EndpointResponse>(static answer => answer.Status == 202 && answer.Body.Length == 0);
        (await InvokeAsync($"\"{new string('x', 1024 * 1024)}\"")).Refusal.Should().StartWith("413 RequestTooLargeException: ");
        (invocations.Pending, _tries.Count).Should().Be((1, 0), "nothing runs the queue yet");

        async Task<EndpointResponse> InvokeAsync(string body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "fake/invocations") { Content = new StringContent(body) };
            request.Headers.Add("X-Amz-Invocation-Type", "Event");
            return await EndpointResponse.ToAsync(http, request);
        }
    }

    private void Run(Func<AsyncInvocations, Task> test) => OneThread.Run(async () =>
    {
        await using var database = Database.OpenInMemory();
        await RunAsync(database, test);
    });

    private async Task RunAsync(Database database, Func<AsyncInvocations, Task> test)
    {
        using var stop = new CancellationTokenSource();
        using var invocations = new AsyncInvocations(database, _functions, _time);
        await invocations.OpenAsync();
        var running = invocations.RunAsync(stop.Token);
        await test(invocations);
        await stop.CancelAsync();
        await running;
    }

    private async Task AdvanceAsync(TimeSpan step, int times)
    {
        await OneThread.IdleAsync();
        for (var i = 0; i < times; i++)
        {
            _time.Advance(step);
            await OneThread.IdleAsync();
        }
    }

    private string Seconds() => string.Join(' ', _tries.Select(at => (at - _tries[0]).TotalSeconds.ToString("0", CultureInfo.InvariantCulture)));
}
