using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using DataToEvents.Adapters.Aws;
using DataToEvents.Adapters.DynamoDb;
using DataToEvents.Adapters.Embedded;
using DataToEvents.Application.EventResponder;
using DataToEvents.Common;
using DataToEvents.Domain;
using DataToEvents.Local.Reporting;

namespace DataToEvents.Local.Hosting;

/// <summary>
/// One data directory serves both ways to run functions. When the way changes, the view is copied from one form to the other before anything else runs.
/// Applying an event twice has no effect, so an interrupted copy is simply made again.
/// </summary>
internal static class ViewForms
{
    /// <summary>Events that are applied at once; each takes its place in the order when it is handed in.</summary>
    private const int AtOnce = 64;

    public static async Task EnsureAsync(DataDirectory directory, ViewForm wanted, string url, Screen screen)
    {
        var rows = new EmbeddedStreamView(directory.Database, TimeProvider.System);
        ViewFormNote.Define(directory.Database);
        if (await ViewFormNote.ReadAsync(directory.Database) == wanted)
        {
            return;
        }

        var copied = wanted == ViewForm.Rows ? await CopyAsync(ItemsOf(directory), rows) : await CopyAsync(EnvelopesOf(rows), Items(url));
        await ViewFormNote.WriteAsync(directory.Database, wanted);
        if (copied > 0)
        {
            screen.Say($"This directory was last used with functions {(wanted == ViewForm.Rows ? "as processes" : "in process")}: {copied} events of the consumer's view were carried over.");
        }
    }

    /// <summary>The view behind the host's own endpoint.</summary>
    public static DynamoDbStreamView Items(string url)
    {
        var config = SdkSettings.Of<AmazonDynamoDBConfig>();
        (config.ServiceURL, config.AuthenticationRegion, config.DefaultAWSCredentials) = (url, "us-east-1", new BasicAWSCredentials("embedded", "embedded"));
        return new DynamoDbStreamView(new AmazonDynamoDBClient(config), new StreamViewOptions(new DynamoDbOptions(Names.ViewTable, nameof(Names.ViewTable))), TimeProvider.System, Random.Shared);
    }

    private static async Task<long> CopyAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> envelopes, IStreamView view)
    {
        var copied = 0L;
        var batch = new List<Task>(AtOnce);
        await foreach (var envelope in envelopes)
        {
            var copy = DataEvent.Parse(envelope);
            batch.Add(view.ApplyAsync(copy, copy.StreamSequence ?? "0", CancellationToken.None));
            copied++;
            if (batch.Count == AtOnce)
            {
                await Task.WhenAll(batch);
                batch.Clear();
            }
        }

        await Task.WhenAll(batch);
        return copied;
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> EnvelopesOf(EmbeddedStreamView rows)
    {
        await foreach (var applied in rows.AllAsync())
        {
            yield return applied.Envelope;
        }
    }

    /// <summary>The events among the table's items; items are in the order in which they were first put.</summary>
    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ItemsOf(DataDirectory directory)
    {
        string? after = null;
        do
        {
            var page = await directory.ViewTable.ScanAsync(after);
            foreach (var item in page.Items)
            {
                using var json = JsonDocument.Parse(item);
                if (json.RootElement.TryGetProperty("envelope", out var envelope))
                {
                    yield return Encoding.UTF8.GetBytes(envelope.GetProperty("S").GetString()!);
                }
            }

            after = page.Next;
        }
        while (after is not null);
    }
}
