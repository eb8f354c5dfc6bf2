using Amazon.Lambda.Core;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Standins.Tests.Runtime;

public sealed class LogLinesTests : RuntimeTests
{
    public LogLinesTests() => Clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 8, 9, 10, 11, TimeSpan.Zero));

    [Fact]
    public async Task A_line_of_text_has_time_request_level_and_message()
    {
        await LogAsync(logger => logger.LogWarning("Stored {Count} of {Total:N0} in {Stream}", 3, 4000, "orders"));

        LogLines.Should().Equal("2026-11-24T08:09:10.011Z\tid-1\twarn\tStored 3 of 4,000 in orders");
    }

    [Fact]
    public async Task A_line_of_JSON_has_the_arguments_by_name_and_the_ids_of_the_invocation()
    {
        Variables["AWS_LAMBDA_LOG_FORMAT"] = "JSON";

        await LogAsync(logger => logger.LogInformation("Stored {count} of {stream}, {missing}, {{braces}}", 3, "José \"x\"", null));

        LogLines.Should().ContainSingle();
        var line = JsonDocument.Parse(LogLines[0]).RootElement;
        line.EnumerateObject().ToDictionary(property => property.Name, property => property.Value.ToString()).Should().Equal(new Dictionary<string, string>
        {
            ["timestamp"] = "2026-11-24T08:09:10.011Z",
            ["level"] = "Information",
            ["requestId"] = "id-1",
            ["tenantId"] = "t-1",
            ["traceId"] = "Root=1-a",
            ["message"] = "Stored 3 of José \"x\", , {braces}",
            ["count"] = "3",
            ["stream"] = "José \"x\"",
        });
        line.GetProperty("count").ValueKind.Should().Be(JsonValueKind.Number);
    }

    [Fact]
    public async Task An_exception_stays_in_one_line_of_JSON()
    {
        Variables["AWS_LAMBDA_LOG_FORMAT"] = "JSON";

        await LogAsync(logger => logger.LogError(new InvalidOperationException("two\nlines"), "Cannot store {id}", "e-1"));

        var line = JsonDocument.Parse(LogLines.Should().ContainSingle().Subject).RootElement;
        line.GetProperty("level").GetString().Should().Be("Error");
        line.GetProperty("message").GetString().Should().Be("Cannot store e-1");
        line.GetProperty("errorType").GetString().Should().Be("System.InvalidOperationException");
        line.GetProperty("errorMessage").GetString().Should().Be("two\nlines");
        line.GetProperty("stackTrace")[0].GetString().Should().Be("System.InvalidOperationException: two");
    }

    [Theory]
    [InlineData("TRACE", "tdiwec")]
    [InlineData("DEBUG", "diwec")]
    [InlineData("INFO", "iwec")]
    [InlineData("WARN", "wec")]
    [InlineData("ERROR", "ec")]
    [InlineData("FATAL", "c")]
    [InlineData(null, "iwec")]
    public async Task Lines_below_the_level_of_the_environment_are_left_out(string? level, string expected)
    {
        Variables["AWS_LAMBDA_LOG_LEVEL"] = level;

        await LogAsync(logger =>
        {
            logger.LogTrace("t");
            logger.LogDebug("d");
            logger.LogInformation("i");
            logger.LogWarning("w");
            logger.LogError("e");
            logger.LogCritical("c");
        });

        string.Concat(LogLines.Select(line => line[^1])).Should().Be(expected);
    }

    [Fact]
    public async Task A_message_without_arguments_is_no_template()
    {
        await LogAsync(logger => logger.LogLine("""{"already": "JSON {}"}"""));

        LogLines.Should().Equal("2026-11-24T08:09:10.011Z\tid-1\tinfo\t" + """{"already": "JSON {}"}""");
    }

    [Fact]
    public async Task The_static_logger_writes_to_the_same_log()
    {
        await LogAsync(_ => LambdaLogger.Log(LogLevel.Error, "static {0} {1} {0}", "a", "b"));

        LogLines.Should().Equal("2026-11-24T08:09:10.011Z\tid-1\tfail\tstatic a b a");
    }

    private async Task LogAsync(Action<ILambdaLogger> log)
    {
        Api.Put("1", "id-1", ("Lambda-Runtime-Trace-Id", "Root=1-a"), ("Lambda-Runtime-Aws-Tenant-Id", "t-1"));
        _ = Start<int, int>((input, context) =>
        {
            log(context.Logger);
            return Task.FromResult(input);
        });
        await Api.NextPostAsync();
        await StopAsync();
    }
}
