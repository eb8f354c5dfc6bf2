using DataToEvents.Emulator.Http;

namespace DataToEvents.Emulator.Tests.Http.Json;

/// <summary>The endpoint's treatment of calls in AWS's JSON protocols, independent of the service.</summary>
public sealed class JsonEndpointTests : IAsyncLifetime
{
    private ScriptedEndpoint _endpoint = null!;

    public async Task InitializeAsync() => _endpoint = await ScriptedEndpoint.StartAsync();

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    [Fact]
    public async Task A_call_reaches_the_service_and_the_response_reaches_the_client()
    {
        var answer = await _endpoint.CallAsync("""{"text":"\u00e9\""}""", "Service_1.Do.It");

        answer.Body.Should().Be("""{"operation":"Do.It","request":"{\"text\":\"\\u00e9\\\"\"}"}""");
        answer.Status.Should().Be(200);
        answer.Headers["Content-Type"].Should().Be("application/x-amz-json-1.1");
        answer.Headers["x-amzn-RequestId"].Should().NotBeEmpty();
        answer.Headers.Should().NotContainKey("Server");
    }

    [Theory]
    [InlineData("Service_1", "application/x-amz-json-1.0")]
    [InlineData(".Do", "application/x-amz-json-1.0")]
    [InlineData("Service_2.Do", "application/x-amz-json-1.0")]
    [InlineData("Service_1.Do", "application/json")]
    [InlineData("Service_1.Do", null)]
    public async Task A_target_that_names_no_service_is_an_unknown_operation(string target, string? contentType)
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());

        var answer = await _endpoint.CallAsync(content, contentType, target);

        answer.Refusal.Should().Be("404 UnknownOperationException: The requested operation is not recognized by the service.");
        answer.Headers["Content-Type"].Should().Be("application/x-amz-json-1.1");
        answer.Headers["x-amzn-ErrorType"].Should().Be("UnknownOperationException");
        answer.Headers["x-amzn-RequestId"].Should().NotBeEmpty();
        answer.Headers.Should().NotContainKey("x-amzn-query-error");
    }

    [Theory]
    [InlineData(400, "Sender")]
    [InlineData(500, "Receiver")]
    public async Task An_error_of_the_service_is_written_with_all_its_parts(int status, string blamed)
    {
        _endpoint.Service = (_, _, _, _) => throw new AwsException(new AwsError(status, "Refused", "é \"x\"") { QueryCode = "Older", Details = json => json.WriteNumber("Left", 5) });

        var answer = await _endpoint.CallAsync("{}");

        answer.Json.Should().Be($$"""{{status}} {"__type":"Refused","message":"é \"x\"","Left":5}""");
        answer.Headers["x-amzn-ErrorType"].Should().Be("Refused");
        answer.Headers["x-amzn-query-error"].Should().Be($"Older;{blamed}");
        answer.Headers["Content-Type"].Should().Be("application/x-amz-json-1.1");
    }

    [Fact]
    public async Task The_host_gets_an_exception_of_the_service_and_the_client_does_not_see_its_message()
    {
        _endpoint.Service = (_, _, _, _) => throw new IOException("secret");

        var answer = await _endpoint.CallAsync("{}");

        answer.Json.Should().Be("""500 {"__type":"InternalFailure","message":"The request processing has failed because of an unknown error, exception or failure."}""");
        _endpoint.Faults.Should().ContainSingle().Which.Message.Should().Be("secret");
    }

    [Fact]
    public async Task An_exception_that_does_not_come_from_reading_JSON_is_an_internal_failure()
    {
        _endpoint.Service = (_, _, _, _) => throw new InvalidOperationException("secret");

        (await _endpoint.CallAsync("{}")).Status.Should().Be(500);
        _endpoint.Faults.Should().ContainSingle();
    }

    [Theory]
    [InlineData("{\"a\":")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"a\":5}")]
    public async Task A_body_that_is_not_JSON_is_a_fault_of_the_client(string body)
    {
        _endpoint.Service = (_, request, _, _) => Task.FromResult(JsonDocument.Parse(request).RootElement.GetProperty("a").GetString());

        var answer = await _endpoint.CallAsync(body);

        answer.Refusal.Should().StartWith("400 SerializationException: ");
        answer.Headers["Content-Type"].Should().Be("application/x-amz-json-1.1");
        _endpoint.Faults.Should().BeEmpty();
    }

    [Fact]
    public async Task A_client_that_disconnects_ends_its_call_and_is_not_reported_as_a_fault()
    {
        var (begun, ended) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _endpoint.Service = async (_, _, _, cancellationToken) =>
        {
            begun.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                ended.SetResult();
            }
        };
        using var patience = new CancellationTokenSource();
        using var content = new StringContent("{}");

        var call = _endpoint.CallAsync(content, cancellationToken: patience.Token);
        await begun.Task;
        await patience.CancelAsync();

        await call.Invoking(pending => pending).Should().ThrowAsync<OperationCanceledException>();
        await ended.Task.WaitAsync(TimeSpan.FromMinutes(1));
        _endpoint.Service = ScriptedEndpoint.Echo;
        (await _endpoint.CallAsync("{}")).Status.Should().Be(200);
        _endpoint.Faults.Should().BeEmpty();
    }
}
