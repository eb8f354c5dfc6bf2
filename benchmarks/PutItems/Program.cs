using System.Net.Http.Headers;

// PutItem of 1 KB at an endpoint of DynamoDB, with 16 connections: PutItems URL TABLE COUNT. Prints the calls of a second.
const int Connections = 16;
const int ItemBytes = 1_024;

var (url, table, count) = (new Uri(args[0]), args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections }) { BaseAddress = url };
var text = new string('x', ItemBytes - 40);

// Emulators that make tables by a request get theirs; ours has it.
using (await CallAsync("CreateTable", $$"""
    {
        "TableName":"{{table}}","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"S"}]
    }
    """))
{
    await PutAsync(-1);
}

var next = -1;
var watch = Stopwatch.StartNew();
await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
{
    for (var number = Interlocked.Increment(ref next); number < count; number = Interlocked.Increment(ref next))
    {
        await PutAsync(number);
    }
}));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count / watch.Elapsed.TotalSeconds:0}"));

async Task PutAsync(int number)
{
    using var answer = await CallAsync("PutItem", $$$$"""{"TableName":"{{{{table}}}}","Item":{"pk":{"S":"stream-{{{{number % 500}}}}"},"sk":{"S":"{{{{number}}}}"},"text":{"S":"{{{{text}}}}"}}}""");
    answer.EnsureSuccessStatusCode();
}

async Task<HttpResponseMessage> CallAsync(string operation, string body)
{
    using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/x-amz-json-1.0")) };
    request.Headers.Add("X-Amz-Target", $"DynamoDB_20120810.{operation}");
    request.Headers.TryAddWithoutValidation(
        "Authorization", "AWS4-HMAC-SHA256 Credential=bench/20261130/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature=0");
    request.Headers.Add("X-Amz-Date", "20261130T000000Z");
    return await http.SendAsync(request);
}
