using DataToEvents.Emulator.Lambda;
using DataToEvents.Emulator.Tests.Queues;

namespace DataToEvents.Emulator.Tests.Lambda;

/// <summary>These tests start real processes, so they use the real clock.</summary>
public sealed class ProcessFunctionTests
{
    private static readonly FunctionOptions Patient = new("echo") { Timeout = TimeSpan.FromMinutes(1), MemoryMegabytes = 256 };

    private readonly CollectedLog _log = new();

    private FunctionHost Host => new(TimeProvider.System, new Random(1), _log);

    [Fact]
    public async Task The_answer_of_the_process_is_the_answer()
    {
        await using var function = await StartAsync();

        var answer = await InvokeAsync(function, """{"do":"echo","n":1.0,"s":"José"}""");

        Encoding.UTF8.GetString(answer.Payload.Span).Should().Be("""{"do":"echo","n":1.0,"s":"José"}""");
    }

    [Fact]
    public async Task The_process_has_Lambdas_environment_and_the_functions_own_but_no_AWS_variables_of_the_user()
    {
        Environment.SetEnvironmentVariable("AWS_PROFILE", "production");
        await using var function = await StartAsync(Options with
        {
            Handler = "Handle",
            Environment = new Dictionary<string, string> { ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1", ["TABLE_NAME"] = "t" },
        });

        var answer = await InvokeAsync(function, """{"do":"environment"}""");

        var variables = JsonSerializer.Deserialize<Dictionary<string, string>>(answer.Payload.Span)!;
        variables.Should().Contain(new Dictionary<string, string>
        {
            ["AWS_LAMBDA_FUNCTION_NAME"] = "echo",
            ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "256",
            ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
            ["AWS_LAMBDA_LOG_GROUP_NAME"] = "/aws/lambda/echo",
            ["LAMBDA_TASK_ROOT"] = Path.GetDirectoryName(Options.Path)!,
            ["AWS_REGION"] = "us-east-1",
            ["ANNOTATIONS_HANDLER"] = "Handle",
            ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1",
            ["TABLE_NAME"] = "t",
            ["context"] = "echo 256 True",
        });
        variables.Should().NotContainKey("AWS_PROFILE");
    }

    [Fact]
    public async Task An_exception_is_a_function_error_and_the_process_stays()
    {
        await using var function = await StartAsync();
        var before = await InvokeAsync(function, """{"do":"process"}""");

        var answer = await InvokeAsync(function, """{"do":"throw"}""");
        var after = await InvokeAsync(function, """{"do":"process"}""");

        answer.Error.Should().Be(new FunctionError("InvalidOperationException", "told to"));
        after.Payload.ToArray().Should().Equal(before.Payload.ToArray());
    }

    [Fact]
    public async Task A_process_that_exits_fails_its_invocation_and_is_replaced()
    {
        await using var function = await StartAsync();

        var answer = await InvokeAsync(function, """{"do":"exit"}""");
        var next = await InvokeAsync(function, """{"do":"echo"}""");

        answer.Error!.Type.Should().Be("Runtime.ExitError");
        answer.Error.Message.Should().EndWith("Error: Runtime exited with error: exit status 7");
        next.Error.Should().BeNull();
    }

    [Fact]
    public async Task A_process_whose_answer_is_refused_ends_and_is_replaced_before_the_next_event()
    {
        await using var function = await StartAsync();
        using var process = Process.GetProcessById(function.ProcessIds.Single());

        var answer = await InvokeAsync(function, """{"do":"too much"}""");
        var next = await InvokeAsync(function, """{"do":"echo"}""");

        answer.Error!.Type.Should().Be("Function.ResponseSizeTooLarge");
        process.HasExited.Should().BeTrue();
        next.Error.Should().BeNull();
    }

    [Fact]
    public async Task A_process_that_takes_too_long_is_killed_and_replaced()
    {
        await using var function = await ProcessFunction.StartAsync(Patient with { Timeout = TimeSpan.FromSeconds(2) }, Options, Host);
        using var process = Process.GetProcessById(function.ProcessIds.Single());

        var answer = await InvokeAsync(function, """{"do":"hang"}""");
        var next = await InvokeAsync(function, """{"do":"echo"}""");

        answer.Error!.Message.Should().EndWith("Task timed out after 2.00 seconds");
        process.HasExited.Should().BeTrue();
        next.Error.Should().BeNull();
    }

    [Fact]
    public async Task A_process_that_is_killed_while_idle_is_replaced()
    {
        await using var function = await StartAsync();
        using var process = Process.GetProcessById(function.ProcessIds.Single());
        process.Kill();
        await process.WaitForExitAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => InvokeAsync(function, """{"do":"echo"}""")));

        // The host may see that the process has ended only after it has handed over the first invocation.
        answers[1].Error.Should().BeNull();
    }

    [Fact]
    public async Task Instances_work_at_the_same_time()
    {
        await using var function = await StartAsync(Options with { Instances = 2 });

        var hanging = InvokeAsync(function, """{"do":"hang"}""");
        var answer = await InvokeAsync(function, """{"do":"echo"}""");

        answer.Error.Should().BeNull();
        hanging.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task A_process_that_exits_at_its_start_is_reported_with_its_output()
    {
        var start = () => StartAsync(Starting("exit"));

        (await start.Should().ThrowAsync<FunctionInitException>())
            .WithMessage("The function echo did not start: Runtime.ExitError: Runtime exited with error: exit status 3*no configuration, no start*");
    }

    [Fact]
    public async Task An_error_at_the_start_is_reported()
    {
        var start = () => StartAsync(Starting("error"));

        (await start.Should().ThrowAsync<FunctionInitException>()).WithMessage("*InvalidOperationException: there is no bus*");
    }

    [Fact]
    public async Task A_process_that_never_asks_for_an_invocation_is_reported()
    {
        var start = () => StartAsync(Starting("hang") with { InitTimeout = TimeSpan.FromSeconds(1) });

        (await start.Should().ThrowAsync<FunctionInitException>()).WithMessage("*asked for no invocation within 1 seconds*");
    }

    [Fact]
    public async Task A_missing_executable_is_reported()
    {
        var start = () => StartAsync(new ProcessOptions("no/such/function"));

        (await start.Should().ThrowAsync<FunctionInitException>()).WithMessage("*there is no file no/such/function*");
    }

    [Fact]
    public async Task A_file_that_cannot_be_executed_is_reported()
    {
        using var file = new TemporaryFile();
        await File.WriteAllTextAsync(file.Path, "no program");
        var start = () => StartAsync(new ProcessOptions(file.Path));

        (await start.Should().ThrowAsync<FunctionInitException>()).WithMessage($"The function echo did not start: *{file.Path}*");
    }

    [Fact]
    public async Task A_process_that_cannot_be_replaced_fails_the_invocation_and_is_logged()
    {
        using var file = new TemporaryFile();
        File.CreateSymbolicLink(file.Path, Options.Path);
        await using var function = await StartAsync(Options with { Path = file.Path });
        File.Delete(file.Path);
        await InvokeAsync(function, """{"do":"exit"}""");

        var answer = await InvokeAsync(function, """{"do":"echo"}""");

        answer.Error.Should().Be(new FunctionError("Runtime.InvalidEntrypoint", file.Path));
        _log.Lines.Should().Contain($"echo: The function echo did not start: there is no file {file.Path}.");
    }

    [Fact]
    public async Task Kill_ends_the_process_that_is_at_work()
    {
        await using var function = await StartAsync(Options with { Instances = 2 });
        var atWork = InvokeAsync(function, """{"do":"hang"}""");

        function.Kill(new Random(1));

        (await atWork).Error!.Type.Should().Be("Runtime.ExitError");
    }

    [Fact]
    public async Task Lines_of_the_process_reach_the_log()
    {
        await using (var function = await StartAsync())
        {
            await InvokeAsync(function, """{"do":"log"}""");
        }

        _log.Lines.Should().Contain(line => line.StartsWith("echo: ") && line.EndsWith("a line"));
    }

    [Fact]
    public async Task Disposing_cancels_invocations_and_kills_the_processes()
    {
        var function = await StartAsync();
        using var process = Process.GetProcessById(function.ProcessIds.Single());
        var hanging = InvokeAsync(function, """{"do":"hang"}""");

        await function.DisposeAsync();

        await hanging.Awaiting(invocation => invocation).Should().ThrowAsync<OperationCanceledException>();
        process.HasExited.Should().BeTrue();
    }

    [Fact]
    public async Task A_runtime_ends_when_its_host_is_gone()
    {
        var api = await RuntimeApi.StartAsync(Patient, Host);
        using var process = await ProcessStarter.StartAsync(ProcessEnvironment.StartInfo(Patient, Options, api.Endpoint));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await api.Initialised.WaitAsync(TimeSpan.FromSeconds(30));

        await api.DisposeAsync();

        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static ProcessOptions Options => new(Path.Combine(AppContext.BaseDirectory, "DataToEvents.EchoFunction")) { BackOff = TimeSpan.FromMilliseconds(1) };

    private static ProcessOptions Starting(string how) => Options with { Environment = new Dictionary<string, string> { ["ECHO_START"] = how } };

    private Task<ProcessFunction> StartAsync(ProcessOptions? options = null) => ProcessFunction.StartAsync(Patient, options ?? Options, Host);

    private static Task<InvocationResult> InvokeAsync(ProcessFunction function, string json) =>
        function.InvokeAsync(Encoding.UTF8.GetBytes(json), CancellationToken.None);
}
