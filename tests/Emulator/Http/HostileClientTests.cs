using System.Net.NetworkInformation;
using System.Net.Sockets;
using DataToEvents.Emulator.Tests.Http.Firehose;

namespace DataToEvents.Emulator.Tests.Http;

/// <summary>Alone, because a test of this class counts what the process allocates.</summary>
[CollectionDefinition(nameof(HostileClientTests), DisableParallelization = true)]
public sealed class HostileClientCollection;

/// <summary>Hostile and careless clients, each next to a normal one, which must not notice them.</summary>
[Collection(nameof(HostileClientTests))]
public sealed class HostileClientTests : FirehoseOverHttp
{
    private const string Put = """{"DeliveryStreamName":"data-events-stream","Record":{"Data":"eA=="}}""";

    [Fact]
    public void The_endpoint_listens_on_loopback_only() =>
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(listener => listener.Port == Endpoint.Port).Select(listener => listener.Address)
            .Should().Equal(IPAddress.Loopback);

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Another_content_type_is_an_unknown_operation(string contentType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(Put, Encoding.UTF8, contentType) };
        request.Headers.Add("X-Amz-Target", "Firehose_20150804.PutRecord");
        using var response = await Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync()).Should().Contain("UnknownOperationException");
        Fixture.Stream.Stats.Accepted.Should().Be(0);
    }

    [Fact]
    public async Task A_body_with_a_content_length_of_100_MB_is_refused_before_it_is_read()
    {
        using var client = await ConnectAsync();

        await SendAsync(client, $"{Head}Content-Length: 104857600\r\n\r\n");

        (await AnswerAsync(client)).Should().StartWith("HTTP/1.1 413 ");
        await BehavesForOthersAsync();
    }

    [Fact]
    public async Task A_body_of_100_MB_without_a_content_length_is_cut_off_in_bounded_memory()
    {
        using var client = await ConnectAsync();
        var chunk = Encoding.ASCII.GetBytes($"{1 << 20:x}\r\n{new string(' ', 1 << 20)}\r\n");
        var before = GC.GetTotalAllocatedBytes();

        await SendAsync(client, $"{Head}Transfer-Encoding: chunked\r\n\r\n");
        var sent = 0;
        try
        {
            while (sent < 100)
            {
                await client.SendAsync(chunk);
                sent++;
            }
        }
        catch (SocketException)
        {
            // The endpoint has closed the connection, as it should.
        }

        sent.Should().BeLessThan(100);
        (GC.GetTotalAllocatedBytes() - before).Should().BeLessThan(64 << 20);
        await BehavesForOthersAsync();
    }

    [Fact]
    public async Task A_client_that_sends_a_byte_now_and_then_is_cut_off_and_others_do_not_wait_for_it()
    {
        using var slow = await ConnectAsync();
        await SendAsync(slow, $"{Head}Content-Length: 1000\r\n\r\n{{");

        await BehavesForOthersAsync();

        (await AnswerAsync(slow)).Should().Match(answer => answer.Length == 0 || answer.StartsWith("HTTP/1.1 408 "));
        Fixture.Stream.Stats.Accepted.Should().Be(1);
    }

    [Fact]
    public async Task A_thousand_silent_connections_leave_room_for_others()
    {
        var idle = new List<Socket>();
        try
        {
            for (var i = 0; i < 1_000; i++)
            {
                idle.Add(await ConnectAsync());
            }

            await BehavesForOthersAsync();
        }
        finally
        {
            idle.ForEach(static client => client.Dispose());
        }
    }

    [Theory]
    [InlineData("a header of a megabyte", "HTTP/1.1 431 ")]
    [InlineData("ten thousand headers", "HTTP/1.1 431 ")]
    [InlineData("a line that never ends", "HTTP/1.1 414 ")]
    [InlineData("no HTTP at all", "HTTP/1.1 400 ")]
    [InlineData("a length that is no number", "HTTP/1.1 400 ")]
    [InlineData("two lengths", "HTTP/1.1 400 ")]
    public async Task Absurd_requests_are_refused_as_HTTP_says(string what, string expected)
    {
        using var client = await ConnectAsync();

        try
        {
            await SendAsync(client, what switch
            {
                "a header of a megabyte" => $"{Head}x: {new string('x', 1 << 20)}\r\n\r\n",
                "ten thousand headers" => Head + string.Concat(Enumerable.Range(0, 10_000).Select(static i => $"h{i}: x\r\n")) + "\r\n",
                "a line that never ends" => $"POST /{new string('x', 1 << 20)} HTTP/1.1\r\n\r\n",
                "no HTTP at all" => "\0\u0001\u0002 hello\r\n\r\n",
                "a length that is no number" => $"{Head}Content-Length: many\r\n\r\n",
                _ => $"{Head}Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
            });
        }
        catch (SocketException)
        {
            // The request was refused before all of it was sent. The response can still be read.
        }

        (await AnswerAsync(client)).Should().Match(answer => answer.Length == 0 || answer.StartsWith(expected));
        await BehavesForOthersAsync();
    }

    private static string Head => "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: Firehose_20150804.PutRecord\r\nContent-Type: application/x-amz-json-1.1\r\n";

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, Endpoint.Port);
        return socket;
    }

    private static async Task SendAsync(Socket client, string text)
    {
        for (ReadOnlyMemory<byte> rest = Encoding.ASCII.GetBytes(text); !rest.IsEmpty;)
        {
            rest = rest[await client.SendAsync(rest)..];
        }
    }

    /// <summary>Reads until the endpoint closes the connection. A reset ends it too, because the endpoint does not wait for the rest of a refused request.</summary>
    private static async Task<string> AnswerAsync(Socket client)
    {
        var answer = new StringBuilder();
        var buffer = new byte[4_096];
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            for (int read; (read = await client.ReceiveAsync(buffer, patience.Token)) > 0 && !answer.ToString().Contains("\r\n\r\n", StringComparison.Ordinal);)
            {
                answer.Append(Encoding.ASCII.GetString(buffer, 0, read));
            }
        }
        catch (SocketException)
        {
            return answer.ToString();
        }

        return answer.ToString();
    }

    private async Task BehavesForOthersAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(Put, Encoding.UTF8, "application/x-amz-json-1.1") };
        request.Headers.Add("X-Amz-Target", "Firehose_20150804.PutRecord");
        using var response = await Http.SendAsync(request).WaitAsync(TimeSpan.FromMinutes(1));
        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }
}
