using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using DataToEvents.Adapters.DynamoDb;
using DataToEvents.Adapters.Embedded.Ports;
using DataToEvents.Application.EventResponder;
using DataToEvents.Domain;
using DataToEvents.Hosting;
using DataToEvents.Local.Reporting;

namespace DataToEvents.Local.Hosting;

/// <summary>How the consumer's view is kept in a data directory.</summary>
internal enum ViewForm
{
    /// <summary>Functions in the host's process: rows of a database, quick.</summary>
    Rows,

    /// <summary>Functions as processes: items of a DynamoDB table, as on AWS.</summary>
    Items,
}

/// <summary>
/// One data directory serves both ways to run functions: when the way changes, the view is carried over from one form to the other before
/// anything else runs. Applying an event twice has no effect, so a copy that was cut short is simply made again.
/// </summary>
internal static class ViewForms
{
    /// <summary>Events that are applied at once; each takes its place in the order when it is handed in.</summary>
    private const int AtOnce = 64;

    private const string Schema = "CREATE TABLE IF NOT EXISTS view_form (only INTEGER PRIMARY KEY CHECK (only = 1), form TEXT NOT NULL)";

    public static async Task EnsureAsync(Engine engine, ViewForm wanted, string url, Screen screen)
    {
        engine.Database.Define(Schema);
        var rows = new EmbeddedStreamView(engine.Database);
        var form = await engine.Database.WriteAsync(session => session.Scalar("SELECT form FROM view_form") as string) ?? nameof(ViewForm.Rows);
        if (form == wanted.ToString())
        {
            return;
        }

        using var dynamo = new AmazonDynamoDBClient(new BasicAWSCredentials("embedded", "embedded"), Config(url));
        var items = new DynamoDbStreamView(dynamo, new StreamViewOptions(new TableOptions(Names.ViewTable, nameof(Names.ViewTable))), TimeProvider.System, Random.Shared);
        var copied = wanted == ViewForm.Rows ? await CopyAsync(ItemsOf(engine), rows) : await CopyAsync(rows.AllAsync(), items);
        await engine.Database.WriteAsync(session => { session.Execute("INSERT OR REPLACE INTO view_form (only, form) VALUES (1, ?1)", wanted.ToString()); });
        if (copied > 0)
        {
            screen.Say($"This directory was last used with functions {(wanted == ViewForm.Rows ? "as processes" : "in process")}: {copied} events of the consumer's view were carried over.");
        }
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

    /// <summary>The events among the table's items; items are in the order in which they were first put.</summary>
    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ItemsOf(Engine engine)
    {
        string? after = null;
        do
        {
            var page = await engine.ViewTable.ScanAsync(after);
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

    private static AmazonDynamoDBConfig Config(string url)
    {
        var config = DynamoDbClient.Config();
        (config.ServiceURL, config.AuthenticationRegion) = (url, "us-east-1");
        return config;
    }
}
