using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using NSubstitute;

namespace DataToEvents.Standins.Tests.Generator;

public sealed class HttpFunctionTests
{
    private static readonly ILambdaContext Context = Substitute.For<ILambdaContext>();

    /// <summary>Echoes what it was bound to.</summary>
    private const string Binding = """
        namespace Shop
        {
            public record Order(string Name, int Count);

            public class Function
            {
                [LambdaFunction]
                [HttpApi(LambdaHttpMethod.Post, "/streams/{id}/{proxy+}")]
                public async Task<IHttpResult> Handle(
                    string id, [FromRoute(Name = "proxy")] string rest, [FromQuery] int limit, [FromQuery] int? page, [FromQuery(Name = "since-time")] DateTime? since,
                    [FromQuery] string type, [FromHeader(Name = "X-Flag")] bool flag, [FromBody] Order order, APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context)
                {
                    await Task.Yield();
                    return HttpResults.Ok($"{id} {rest} {limit} {page?.ToString() ?? "-"} {since?.ToString("s") ?? "-"} {type ?? "-"} {flag} {order.Name}={order.Count} {request.RawPath} {context.AwsRequestId}");
                }
            }
        }
        """;

    [Fact]
    public async Task Parameters_are_bound_to_route_query_header_and_body()
    {
        Context.AwsRequestId.Returns("id-1");

        var answer = await AnswerAsync(Binding, new()
        {
            RawPath = "/raw",
            PathParameters = new Dictionary<string, string> { ["id"] = "é", ["proxy"] = "a/b" },
            QueryStringParameters = new Dictionary<string, string> { ["limit"] = "5", ["page"] = "2", ["since-time"] = "2026-11-24T08:09:10", ["type"] = "t" },
            Headers = new Dictionary<string, string> { ["x-flag"] = "true" },
            Body = """{"Name":"José","Count":3}""",
        });

        answer.GetProperty("statusCode").GetInt32().Should().Be(200);
        answer.GetProperty("body").GetString().Should().Be("é a/b 5 2 2026-11-24T08:09:10 t True José=3 /raw id-1");
        answer.GetProperty("headers").GetProperty("content-type").GetString().Should().Be("text/plain");
        answer.GetProperty("isBase64Encoded").GetBoolean().Should().BeFalse();
    }

    [Fact]
    public async Task What_is_missing_is_the_default_of_its_type()
    {
        var answer = await AnswerAsync(Binding, new() { Body = """{"Name":"a","Count":1}""" });

        answer.GetProperty("body").GetString().Should().StartWith("  0 - - - False a=1 ");
    }

    [Fact]
    public async Task What_cannot_be_converted_is_answered_with_400_and_why()
    {
        var answer = await AnswerAsync(Binding, new()
        {
            QueryStringParameters = new Dictionary<string, string> { ["limit"] = "\"many\"", ["page"] = "99999999999" },
            Body = "{",
        });

        answer.GetProperty("statusCode").GetInt32().Should().Be(400);
        answer.GetProperty("headers").GetProperty("x-amzn-ErrorType").GetString().Should().Be("ValidationException");
        var message = JsonDocument.Parse(answer.GetProperty("body").GetString()!).RootElement.GetProperty("message").GetString();
        message.Should().StartWith("3 validation error(s) detected: ").And.Contain("'limit'").And.Contain("\"many\"").And.Contain("'page'").And.Contain("'body'");
    }

    [Theory]
    [InlineData("HttpResults.Created(\"/streams/a\", new { Id = \"é\" })", 201, "{\"Id\":\"é\"}", "application/json", "/streams/a")]
    [InlineData("HttpResults.NotFound()", 404, null, null, null)]
    [InlineData("HttpResults.Ok(new byte[] { 0, 255 })", 200, "AP8=", "application/octet-stream", null)]
    [InlineData("HttpResults.Ok(new MemoryStream(new byte[] { 0, 255 }))", 200, "AP8=", "application/octet-stream", null)]
    [InlineData("HttpResults.BadRequest(\"{}\").AddHeader(\"Content-Type\", \"application/problem+json\")", 400, "{}", "application/problem+json", null)]
    [InlineData("HttpResults.Redirect(\"/there\", permanent: true)", 301, null, null, "/there")]
    public async Task Results_become_what_API_Gateway_reads(string result, int status, string? body, string? contentType, string? location)
    {
        var answer = await AnswerAsync(Function("IHttpResult", result), new());

        answer.GetProperty("statusCode").GetInt32().Should().Be(status);
        answer.GetProperty("body").GetString().Should().Be(body);
        answer.GetProperty("isBase64Encoded").GetBoolean().Should().Be(contentType == "application/octet-stream");
        Header("content-type").Should().Be(contentType);
        Header("location").Should().Be(location);

        string? Header(string name) => answer.GetProperty("headers").TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    [Theory]
    [InlineData("string", "\"text\"", "text", "text/plain")]
    [InlineData("int", "7", "7", "application/json")]
    [InlineData("Dictionary<string, int>", "new() { [\"a\"] = 1 }", "{\"a\":1}", "application/json")]
    public async Task Other_values_are_answered_with_200(string type, string value, string body, string contentType)
    {
        foreach (var source in new[] { Function(type, value), Function($"Task<{type}>", $"Task.FromResult<{type}>({value})") })
        {
            var answer = await Compiled.From(source).HandleAsync("Shop.Function_Handle_Generated", "Handle", new APIGatewayHttpApiV2ProxyRequest(), Context);

            answer.Should().BeEquivalentTo(new { StatusCode = 200, Body = body });
            ((APIGatewayHttpApiV2ProxyResponse)answer!).Headers["Content-Type"].Should().Be(contentType);
        }
    }

    [Fact]
    public async Task A_response_of_API_Gateways_own_type_is_passed_on_and_no_value_is_200()
    {
        (await Compiled.From(Function("APIGatewayHttpApiV2ProxyResponse", "new() { StatusCode = 418 }")).HandleAsync("Shop.Function_Handle_Generated", "Handle", new APIGatewayHttpApiV2ProxyRequest(), Context))
            .Should().BeEquivalentTo(new { StatusCode = 418 });
        (await Compiled.From(Function("Task", "Task.CompletedTask")).HandleAsync("Shop.Function_Handle_Generated", "Handle", new APIGatewayHttpApiV2ProxyRequest(), Context))
            .Should().BeEquivalentTo(new { StatusCode = 200 });
    }

    private static string Function(string type, string value) => $$"""
        namespace Shop
        {
            public class Function
            {
                [LambdaFunction]
                [HttpApi(LambdaHttpMethod.Get, "/")]
                public {{type}} Handle() => {{value}};
            }
        }
        """;

    private static async Task<JsonElement> AnswerAsync(string source, APIGatewayHttpApiV2ProxyRequest request)
    {
        var answer = await Compiled.From(source).HandleAsync("Shop.Function_Handle_Generated", "Handle", request, Context);
        return JsonDocument.Parse((Stream)answer!).RootElement;
    }
}
