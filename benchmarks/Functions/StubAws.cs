using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace DataToEvents.Benchmarks.Functions;

/// <summary>AWS's endpoints, as far as the functions call them: every call succeeds, after a delay, and is counted by its operation.</summary>
internal sealed class StubAws : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _calls = new();
    private readonly PreciseDelay _delay = new();

    private StubAws(WebApplication app) => _app = app;

    public string Url { get; private set; } = "";

    public TimeSpan Delay { get; set; }

    public IReadOnlyDictionary<string, int> TakeCalls()
    {
        var taken = new Dictionary<string, int>(_calls);
        _calls.Clear();
        return taken;
    }

    public static async Task<StubAws> StartAsync(X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        var stub = new StubAws(builder.Build());
        stub._app.Run(stub.AnswerAsync);
        await stub._app.StartAsync();
        stub.Url = $"{(certificate is null ? "http" : "https")}://localhost:{new Uri(stub._app.Urls.Single()).Port}";
        return stub;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _delay.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var operation = context.Request.Headers["x-amz-target"].ToString().Split('.')[^1];
        operation = operation.Length > 0 ? operation : $"{context.Request.Method} object";
        _calls.AddOrUpdate(operation, 1, (_, count) => count + 1);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (Delay > TimeSpan.Zero)
        {
            await _delay.WaitAsync(Delay);
        }

        var answer = Answer(operation, body);
        context.Response.ContentType = "application/x-amz-json-1.0";
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer);
    }

    private static byte[] Answer(string operation, MemoryStream body)
    {
        using var json = body.Length > 0 && operation is "SendMessageBatch" or "BatchExecuteStatement" or "PutEvents" ? JsonDocument.Parse(body.ToArray()) : null;
        return Encoding.UTF8.GetBytes(operation switch
        {
            "SendMessageBatch" => $"{{\"Successful\":[{string.Join(',', json!.RootElement.GetProperty("Entries").EnumerateArray().Select(Sent))}],\"Failed\":[]}}",
            "BatchExecuteStatement" => $"{{\"Responses\":[{Repeat("{\"TableName\":\"data-events\"}", json!.RootElement.GetProperty("Statements"))}]}}",
            "PutEvents" => $"{{\"FailedEntryCount\":0,\"Entries\":[{Repeat("{\"EventId\":\"11710aed-b79e-4468-a20b-bb3c0c3b4860\"}", json!.RootElement.GetProperty("Entries"))}]}}",
            "DescribeEventBus" => "{\"Name\":\"data-events-bus\",\"Arn\":\"arn:aws:events:us-east-1:123456789012:event-bus/data-events-bus\"}",
            _ => "{}",
        });
    }

    private static string Repeat(string answer, JsonElement entries) => string.Join(',', Enumerable.Repeat(answer, entries.GetArrayLength()));

    private static string Sent(JsonElement entry)
    {
#pragma warning disable CA5351 // SQS's own integrity check.
        var digest = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(entry.GetProperty("MessageBody").GetString()!)));
#pragma warning restore CA5351
        return $"{{\"Id\":\"{entry.GetProperty("Id").GetString()}\",\"MessageId\":\"5fea7756-0ea4-451a-a703-a558b933e274\",\"MD5OfMessageBody\":\"{digest}\",\"SequenceNumber\":\"18849496460467696128\"}}";
    }
}
