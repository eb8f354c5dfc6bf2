using Amazon.DynamoDBv2;
using DataToEvents.Adapters.Embedded.Ports;
using DataToEvents.Hosting;

namespace DataToEvents.Local.Hosting;

/// <summary>How many events the consumer's view holds, whichever form it has.</summary>
internal sealed class ViewCount : IDisposable
{
    private readonly AmazonDynamoDBClient? _client;
    private readonly Func<Task<long>> _count;

    public ViewCount(Engine engine, ViewForm form, string url)
    {
        if (form == ViewForm.Rows)
        {
            _count = new EmbeddedStreamView(engine.Database, TimeProvider.System).CountAsync;
            return;
        }

        _client = ViewForms.Client(url);
        var items = ViewForms.Items(_client);
        _count = async () => (await items.SummaryAsync(CancellationToken.None)).Events;
    }

    public Task<long> CountAsync() => _count();

    public void Dispose() => _client?.Dispose();
}
