using DataToEvents.Adapters.Embedded;
using DataToEvents.Common;

namespace DataToEvents.Local.Hosting;

/// <summary>How many events the consumer's view holds, whichever form it has.</summary>
internal sealed class ViewCount
{
    private readonly Func<Task<long>> _count;

    public ViewCount(DataDirectory directory, ViewForm form, string url)
    {
        if (form == ViewForm.Rows)
        {
            _count = new EmbeddedStreamView(directory.Database, TimeProvider.System).CountAsync;
            return;
        }

        var items = ViewForms.Items(url);
        _count = async () => (await items.SummaryAsync(CancellationToken.None)).Events;
    }

    public Task<long> CountAsync() => _count();
}
