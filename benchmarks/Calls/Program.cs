using System.Net.Http.Headers;

// Calls with 1 KB each at the endpoint of an emulator, over 16 connections: calls URL PutItem|SendMessage|PutEvents COUNT. Prints the calls of a second.
const int Connections = 16;
const int Bytes = 1_024;
const string Name = "bench";

var (url, operation, count) = (new Uri(args[0]), args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections }) { BaseAddress = url };
var text = new string('x', Bytes - 40);
var call = await PrepareAsync();

await call(-1);
var next = -1;
var watch = Stopwatch.StartNew();
await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
{
    for (var number = Interlocked.Increment(ref next); number < count; number = Interlocked.Increment(ref next))
    {
        await call(number);
    }
}));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count / watch.Elapsed.TotalSeconds:0}"));

// Makes what is called, and returns the call.
async Task<Func<int, Task>> PrepareAsync()
{
    switch (operation)
    {
        case "PutItem":
            await AnswerAsync("dynamodb", "DynamoDB_20120810.CreateTable", $$"""
                {
                    "TableName":"{{Name}}","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
                    "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"S"}]
                }
                """);
            return number => AnswerAsync(
                "dynamodb", "DynamoDB_20120810.PutItem", $$$$"""{"TableName":"{{{{Name}}}}","Item":{"pk":{"S":"stream-{{{{number % 500}}}}"},"sk":{"S":"{{{{number}}}}"},"text":{"S":"{{{{text}}}}"}}}""");
        case "SendMessage":
            var queue = (await AnswerAsync("sqs", "AmazonSQS.CreateQueue", $$"""{"QueueName":"{{Name}}"}""")).GetProperty("QueueUrl").GetString();
            return number => AnswerAsync("sqs", "AmazonSQS.SendMessage", $$"""{"QueueUrl":"{{queue}}","MessageBody":"{{number}} {{text}}"}""");
        case "PutEvents":
            await AnswerAsync("events", "AWSEvents.CreateEventBus", $$"""{"Name":"{{Name}}"}""");
            return async number =>
            {
                var answer = await AnswerAsync(
                    "events", "AWSEvents.PutEvents", $$"""{"Entries":[{"EventBusName":"{{Name}}","Source":"bench","DetailType":"Number","Detail":"{\"number\":{{number}},\"text\":\"{{text}}\"}"}]}""");
                if (answer.GetProperty("FailedEntryCount").GetInt32() > 0)
                {
                    throw new InvalidOperationException($"PutEvents: {answer}");
                }
            };
        default:
            throw new ArgumentException($"The operation is \"{operation}\"; allowed: PutItem, SendMessage, PutEvents.");
    }
}

async Task<JsonElement> AnswerAsync(string service, string target, string body)
{
    var type = new MediaTypeHeaderValue(service == "events" ? "application/x-amz-json-1.1" : "application/x-amz-json-1.0");
    using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body, Encoding.UTF8, type) };
    request.Headers.Add("X-Amz-Target", target);
    request.Headers.TryAddWithoutValidation(
        "Authorization", $"AWS4-HMAC-SHA256 Credential=bench/20261130/us-east-1/{service}/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature=0");
    request.Headers.Add("X-Amz-Date", "20261130T000000Z");
    using var answer = await http.SendAsync(request);
    var bytes = await answer.Content.ReadAsByteArrayAsync();
    return answer.IsSuccessStatusCode
        ? JsonDocument.Parse(bytes).RootElement
        : throw new HttpRequestException($"{target}: {(int)answer.StatusCode} {Encoding.UTF8.GetString(bytes)}");
}
