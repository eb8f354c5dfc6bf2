using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using DataToEvents.Common;
using DataToEvents.Emulator.Http;
using DataToEvents.Load;

namespace DataToEvents.Operator.Verification;

/// <summary>Asks an address for <see cref="DeliveredEndpoint"/>: an embedded host, or a data directory that was opened, has it.</summary>
internal sealed class DeliveredReading(Uri endpoint) : IDisposable
{
    private readonly HttpClient _client = new();

    /// <returns>Null where there is none, or nothing to tell: then the consumer's view is a table.</returns>
    /// <exception cref="HttpRequestException">Nobody answers, or with a fault of its own.</exception>
    public async Task<IAsyncEnumerable<WorldDelivery>?> AskAsync(CancellationToken cancellationToken)
    {
        var address = new Uri(endpoint, $"{EmulatorEndpoint.PagePrefix}/{DeliveredEndpoint.Name}");
        var answer = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.OK && answer.Content.Headers.ContentType?.MediaType == DeliveredEndpoint.MediaType)
        {
            return ReadAsync(answer, cancellationToken);
        }

        using (answer)
        {
            // An endpoint that fails must not count as one without events: every event would then be called lost.
            return answer.StatusCode < HttpStatusCode.InternalServerError
                ? null
                : throw new HttpRequestException($"{address} answers {(int)answer.StatusCode}", null, answer.StatusCode);
        }
    }

    public void Dispose() => _client.Dispose();

    private static async IAsyncEnumerable<WorldDelivery> ReadAsync(HttpResponseMessage answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using (answer)
        {
            using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            await foreach (var line in new LineReader(body).ReadAllAsync(cancellationToken))
            {
                yield return Parse(line);
            }
        }
    }

    private static WorldDelivery Parse(ReadOnlyMemory<byte> line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.TryGetProperty("envelope", out var envelope)
            ? new WorldDelivery(envelope.GetBytesFromBase64(), json.RootElement.GetProperty("at").GetInt64(), null, 0)
            : new WorldDelivery(null, 0, json.RootElement.GetProperty("stream").GetString(), json.RootElement.GetProperty("events").GetInt64());
    }
}
