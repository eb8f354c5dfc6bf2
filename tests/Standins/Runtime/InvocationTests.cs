using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Standins.Tests.Runtime;

public sealed class InvocationTests : RuntimeTests
{
    [Fact]
    public async Task An_event_is_answered_with_what_the_handler_returns()
    {
        Api.Put("""{"name":"José"}""", "id-1");

        _ = Start<Dictionary<string, string>, Dictionary<string, string>>((input, _) => Task.FromResult(new Dictionary<string, string> { ["greeting"] = $"¡Hola {input["name"]}!" }));
        var answer = await Api.NextPostAsync();

        answer.Path.Should().Be("/invocation/id-1/response");
        answer.Headers["Content-Type"].Should().Be("application/json");
        answer.Body.Should().Be("""{"greeting":"¡Hola José!"}""");
    }

    [Fact]
    public async Task Invocations_are_answered_one_after_the_other()
    {
        for (var i = 0; i < 20; i++)
        {
            Api.Put($"{i}", $"id-{i}");
        }

        _ = Start<int, int>((input, _) => Task.FromResult(input * 2));

        for (var i = 0; i < 20; i++)
        {
            (await Api.NextPostAsync()).Should().Match<Posted>(post => post.Path == $"/invocation/id-{i}/response" && post.Body == $"{i * 2}");
        }
    }

    [Fact]
    public async Task An_event_of_six_megabytes_passes_unharmed()
    {
        var text = new string('x', 6 * 1024 * 1024);
        Api.Put(JsonSerializer.Serialize(text));

        _ = Start<string, string>((input, _) => Task.FromResult(input));

        (await Api.NextPostAsync()).Body.Should().Be($"\"{text}\"");
    }

    [Fact]
    public async Task The_context_tells_of_the_invocation_and_of_the_function()
    {
        Variables["AWS_LAMBDA_FUNCTION_NAME"] = "transformer";
        Variables["AWS_LAMBDA_FUNCTION_VERSION"] = "7";
        Variables["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "512";
        Variables["AWS_LAMBDA_LOG_GROUP_NAME"] = "/aws/lambda/transformer";
        Variables["AWS_LAMBDA_LOG_STREAM_NAME"] = "2026/11/24/[7]abc";
        ILambdaContext? seen = null;
        Api.Put(
            "1",
            "id-9",
            ("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-north-1:123456789012:function:transformer"),
            ("Lambda-Runtime-Trace-Id", "Root=1-5f3f;Sampled=1"),
            ("Lambda-Runtime-Client-Context", """{"client":{"app_title":"app"},"custom":{"a":"b"},"env":{"locale":"sv"}}"""),
            ("Lambda-Runtime-Cognito-Identity", """{"cognitoIdentityId":"me","cognitoIdentityPoolId":"pool"}"""),
            ("Lambda-Runtime-Aws-Tenant-Id", "tenant"));

        _ = Start<int, int>((input, context) => Task.FromResult(Keep(context, input)));
        await Api.NextPostAsync();

        seen.Should().BeEquivalentTo(new
        {
            AwsRequestId = "id-9",
            InvokedFunctionArn = "arn:aws:lambda:eu-north-1:123456789012:function:transformer",
            TraceId = "Root=1-5f3f;Sampled=1",
            TenantId = "tenant",
            FunctionName = "transformer",
            FunctionVersion = "7",
            MemoryLimitInMB = 512,
            LogGroupName = "/aws/lambda/transformer",
            LogStreamName = "2026/11/24/[7]abc",
            Serializer = Json,
            Identity = new { IdentityId = "me", IdentityPoolId = "pool" },
        });
        seen!.ClientContext.Client.AppTitle.Should().Be("app");
        seen.ClientContext.Custom["a"].Should().Be("b");
        seen.ClientContext.Environment["locale"].Should().Be("sv");

        int Keep(ILambdaContext context, int input)
        {
            seen = context;
            return input;
        }
    }

    [Fact]
    public async Task The_remaining_time_runs_down_to_the_deadline()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddDays(20_000));
        Clock = clock;
        var deadline = clock.GetUtcNow().AddSeconds(30).ToUnixTimeMilliseconds();
        Api.Put("1", "id", ("Lambda-Runtime-Deadline-Ms", $"{deadline}"));

        _ = Start<int, double[]>((_, context) =>
        {
            var before = context.RemainingTime.TotalSeconds;
            clock.Advance(TimeSpan.FromSeconds(31));
            return Task.FromResult<double[]>([before, context.RemainingTime.TotalSeconds]);
        });

        (await Api.NextPostAsync()).Body.Should().Be("[30,-1]");
    }

    [Fact]
    public async Task The_trace_id_stands_in_the_environment_while_the_handler_runs()
    {
        Api.Put("1", "id-1", ("Lambda-Runtime-Trace-Id", "Root=1-a"));
        Api.Put("2", "id-2");

        _ = Start<int, string>((_, _) => Task.FromResult(Variables["_X_AMZN_TRACE_ID"] ?? "none"));

        (await Api.NextPostAsync()).Body.Should().Be("\"Root=1-a\"");
        (await Api.NextPostAsync()).Body.Should().Be("\"none\"");
    }

    [Fact]
    public async Task An_exception_is_reported_in_Lambdas_shape_and_the_next_invocation_is_fetched()
    {
        Api.Put("1", "id-1");
        Api.Put("2", "id-2");

        _ = Start<int, int>((input, _) => input == 1
            ? throw new InvalidOperationException("broken \"glass\"", new TimeoutException("too late"))
            : Task.FromResult(input));
        var error = await Api.NextPostAsync();

        error.Path.Should().Be("/invocation/id-1/error");
        error.Headers["Lambda-Runtime-Function-Error-Type"].Should().Be("InvalidOperationException");
        error.Json.GetProperty("errorType").GetString().Should().Be("InvalidOperationException");
        error.Json.GetProperty("errorMessage").GetString().Should().Be("broken \"glass\"");
        error.Json.GetProperty("stackTrace").EnumerateArray().Should().Contain(frame => frame.GetString()!.StartsWith("at "));
        error.Json.GetProperty("cause").GetProperty("errorType").GetString().Should().Be("TimeoutException");
        error.Json.GetProperty("cause").GetProperty("errorMessage").GetString().Should().Be("too late");
        (await Api.NextPostAsync()).Path.Should().Be("/invocation/id-2/response");
        LogLines.Should().Contain(line => line.Contains("broken \"glass\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_is_an_error_of_its_invocation_only()
    {
        Api.Put("not JSON", "id-1");
        Api.Put("2", "id-2");

        _ = Start<int, int>((input, _) => Task.FromResult(input));

        (await Api.NextPostAsync()).Json.GetProperty("errorType").GetString().Should().Be("JsonSerializerException");
        (await Api.NextPostAsync()).Path.Should().Be("/invocation/id-2/response");
    }

    [Theory]
    [InlineData(HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task An_answer_that_is_refused_ends_the_program_and_no_error_is_posted(HttpStatusCode status)
    {
        Api.Refusals["/invocation/id-1/response"] = status;
        Api.Put("1", "id-1");

        var run = Start<int, int>((input, _) => Task.FromResult(input));

        (await run.Invoking(task => task).Should().ThrowAsync<Exception>()).WithMessage($"*answered {(int)status} to *id-1/response*");
        (await Api.NextPostAsync()).Path.Should().Be("/invocation/id-1/response");
        Api.Posts.Should().Be(0);
    }

    [Fact]
    public async Task An_error_that_is_refused_ends_the_program()
    {
        Api.Refusals["/invocation/id-1/error"] = HttpStatusCode.BadRequest;
        Api.Put("1", "id-1");

        var run = Start<int, int>((_, _) => throw new InvalidOperationException("broken"));

        (await run.Invoking(task => task).Should().ThrowAsync<Exception>()).WithMessage("*answered 400 to *id-1/error*");
    }

    [Fact]
    public async Task Each_event_has_bytes_of_its_own_in_a_stream_that_does_not_show_them()
    {
        var events = new List<byte[]>();
        var shown = new List<bool>();
        Api.Put("1", "id-1");
        Api.Put("2", "id-2");
        Variables["AWS_LAMBDA_DOTNET_DEBUG_RUN_ONCE"] = "true";
        var builder = LambdaBootstrapBuilder.Create((Stream input) =>
        {
            var memory = (MemoryStream)input;
            shown.Add(memory.TryGetBuffer(out _));
            events.Add(memory.ToArray());
        });

        await Start(builder);
        await Start(builder);

        shown.Should().Equal(false, false);
        events.Select(Encoding.UTF8.GetString).Should().Equal("1", "2");
    }

    [Fact]
    public async Task Handlers_of_every_shape_are_run()
    {
        var seen = new List<string>();
        (LambdaBootstrapBuilder Builder, string Answer)[] shapes =
        [
            (LambdaBootstrapBuilder.Create((Stream input, ILambdaContext _) => Task.FromResult(input)), "7"),
            (LambdaBootstrapBuilder.Create((Stream input) => Task.FromResult(input)), "7"),
            (LambdaBootstrapBuilder.Create((int input) => Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes($"{input + 1}"))), Json), "8"),
            (LambdaBootstrapBuilder.Create((int input, ILambdaContext _) => Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes($"{input + 2}"))), Json), "9"),
            (LambdaBootstrapBuilder.Create((int input) => Task.FromResult(input + 3), Json), "10"),
            (LambdaBootstrapBuilder.Create((int input, ILambdaContext _) => input + 4, Json), "11"),
            (LambdaBootstrapBuilder.Create((int input, ILambdaContext _) => RunAsync(input), Json), ""),
            (LambdaBootstrapBuilder.Create((int input, ILambdaContext _) => seen.Add($"sync {input}"), Json), ""),
        ];

        foreach (var (builder, expected) in shapes)
        {
            Api.Put("7");
            Variables["AWS_LAMBDA_DOTNET_DEBUG_RUN_ONCE"] = "true";
            await Start(builder);
            (await Api.NextPostAsync()).Body.Should().Be(expected);
        }

        seen.Should().Equal("async 7", "sync 7");

        Task RunAsync(int input)
        {
            seen.Add($"async {input}");
            return Task.CompletedTask;
        }
    }
}
