using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.RuntimeSupport.Bootstrap;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Standins.Tests.Runtime;

public sealed class LifetimeTests : RuntimeTests
{
    private static readonly double[] BackOff = [100, 200, 400, 800];

    [Fact]
    public async Task An_initializer_that_throws_is_reported_and_ends_the_program()
    {
        var run = Start<int, int>((input, _) => Task.FromResult(input), () => throw new InvalidOperationException("no table named"));

        var error = await Api.NextPostAsync();
        error.Path.Should().Be("/init/error");
        error.Headers["Lambda-Runtime-Function-Error-Type"].Should().BeNull("the package sends it for invocations only");
        error.Json.GetProperty("errorType").GetString().Should().Be("InvalidOperationException");
        error.Json.GetProperty("errorMessage").GetString().Should().Be("no table named");
        await run.Invoking(task => task).Should().ThrowAsync<InvalidOperationException>().WithMessage("no table named");
    }

    [Fact]
    public async Task An_initializer_that_says_no_ends_the_program_quietly() =>
        await Start<int, int>((input, _) => Task.FromResult(input), () => Task.FromResult(false));

    [Fact]
    public async Task A_vanished_endpoint_is_sought_a_few_times_and_then_ends_the_program()
    {
        var clock = new ImpatientClock();
        Clock = clock;
        await Api.DisposeAsync();

        var run = Start<int, int>((input, _) => Task.FromResult(input));

        (await run.Invoking(task => task).Should().ThrowAsync<Exception>()).WithMessage("*out of reach*");
        clock.Waits.Select(wait => wait.TotalMilliseconds).Should().Equal(BackOff);
    }

    [Fact]
    public async Task An_endpoint_that_vanishes_while_waiting_is_found_again_when_it_returns()
    {
        var clock = new FakeTimeProvider();
        Clock = clock;
        Api.Put("1", "id-1");
        _ = Start<int, int>((input, _) => Task.FromResult(input));
        await Api.NextPostAsync();

        await Api.DisposeAsync();
        await using var again = new FakeRuntimeApi(Api.Port);
        again.Put("2", "id-2");
        var answer = again.NextPostAsync();
        while (!answer.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        (await answer).Path.Should().Be("/invocation/id-2/response");
        await StopAsync();
    }

    [Fact]
    public async Task An_endpoint_in_an_unrecoverable_state_ends_the_program()
    {
        Api.NextStatus = HttpStatusCode.InternalServerError;

        var run = Start<int, int>((input, _) => Task.FromResult(input));

        (await run.Invoking(task => task).Should().ThrowAsync<Exception>()).WithMessage("*answered 500*");
    }

    [Fact]
    public async Task Without_an_endpoint_the_missing_variable_is_named()
    {
        using var bootstrap = new LambdaBootstrap(LambdaBootstrapBuilder.Create((Stream _) => Task.CompletedTask).Handler, new LambdaBootstrapOptions())
        {
            Environment = new LambdaEnvironment(_ => null),
        };

        await bootstrap.Invoking(it => it.RunAsync()).Should().ThrowAsync<InvalidOperationException>().WithMessage("*AWS_LAMBDA_RUNTIME_API*");
    }

    [Fact]
    public async Task It_can_be_stopped_while_it_waits_and_answers_what_is_under_way_first()
    {
        var release = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        Api.Put("1", "id-1");
        var run = Start<int, int>(async (input, _) =>
        {
            started.SetResult();
            await release.Task;
            return input;
        });
        await started.Task;

        var stopping = StopAsync();
        run.IsCompleted.Should().BeFalse();
        release.SetResult();

        (await Api.NextPostAsync()).Path.Should().Be("/invocation/id-1/response");
        await stopping;
        run.IsCompletedSuccessfully.Should().BeTrue();
    }
}
