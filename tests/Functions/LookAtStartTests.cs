using System.Net;
using System.Net.Sockets;
using System.Text;
using DataToEvents.Adapters.Embedded.Functions;

namespace DataToEvents.Functions.Tests;

/// <summary>Each function looks at its start for what it works on.</summary>
public sealed class LookAtStartTests : IDisposable
{
    private readonly HttpListener _aws = new();
    private readonly string _url;

    public LookAtStartTests()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            _url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        }

        _aws.Prefixes.Add(_url + "/");
        _aws.Start();
    }

    public void Dispose() => _aws.Close();

    [Theory]
    [InlineData("Transformer", "com.amazonaws.sqs#QueueDoesNotExist", "There is no queue */q.fifo (QUEUE_URL).")]
    [InlineData("EventStorer", "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", "There is no table data-events (TABLE_NAME).")]
    [InlineData("IntegrationEventEmitter", "ResourceNotFoundException", "There is no event bus data-events-bus (EVENT_BUS_NAME).")]
    [InlineData("EventResponder", "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", "There is no table data-events-view (VIEW_TABLE_NAME).")]
    [InlineData("Transformer", "AccessDenied", "*said the service*")]
    public async Task What_is_not_there_or_not_allowed_is_the_error_of_the_start(string function, string code, string message)
    {
        var answering = AnswerAsync(HttpStatusCode.BadRequest, code);

        var start = () => FunctionStart.OfAsync(function, FunctionStart.Environment(_url));

        (await start.Should().ThrowAsync<FunctionInitException>()).Which.Error!.Message.Should().Match(message);
        await answering;
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "InternalFailure")]
    [InlineData(HttpStatusCode.BadRequest, "ThrottlingException")]
    public async Task A_service_that_is_busy_at_the_start_keeps_no_function_from_starting(HttpStatusCode status, string code)
    {
        var answering = AnswerAsync(status, code);

        await using var function = await FunctionStart.OfAsync("Transformer", FunctionStart.Environment(_url));

        await answering;
    }

    [Fact]
    public async Task A_service_that_never_answers_is_named_by_the_error_of_the_start()
    {
        var asked = _aws.GetContextAsync();

        var start = () => FunctionStart.OfAsync("EventStorer", FunctionStart.Environment(_url));

        (await start.Should().ThrowAsync<FunctionInitException>()).Which.Error!.Message.Should().StartWith("DynamoDB did not answer within 5 seconds.");
        await asked;
    }

    private async Task AnswerAsync(HttpStatusCode status, string code)
    {
        var context = await _aws.GetContextAsync();
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = "application/x-amz-json-1.0";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes($$"""{"__type":"{{code}}","message":"said the service"}"""));
        context.Response.Close();
    }
}
