namespace DataToEvents.Load.Ledger;

/// <summary>Writes a ledger: NDJSON, a head, a line an event as it is acknowledged, an end. Called from one place at a time.</summary>
public sealed class LedgerWriter : IDisposable
{
    private readonly Stream _output;
    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<string, long> _positions = [];
    private long _lines;
    private long _records;

    public LedgerWriter(Stream output, LedgerHead head)
    {
        _output = output;
        _json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        JsonSerializer.Serialize(_json, head with { Ledger = LedgerHead.Format }, LedgerJson.Default.LedgerHead);
        EndLine();
    }

    /// <param name="sent">A record that the target accepted.</param>
    public void Accepted(Outgoing sent) => Write(sent, null);

    /// <param name="sent">A record that was given up.</param>
    /// <param name="reason">Why it was given up.</param>
    public void GivenUp(Outgoing sent, string reason) => Write(sent, reason);

    /// <summary>The run came to its end: what is missing in the ledger was not sent.</summary>
    public void End(DateTimeOffset now)
    {
        JsonSerializer.Serialize(_json, new LedgerEnd { Ended = now, Records = _records, Lines = _lines }, LedgerJson.Default.LedgerEnd);
        EndLine();
    }

    public void Dispose()
    {
        _json.Dispose();
        _output.Dispose();
    }

    private void Write(Outgoing sent, string? refused)
    {
        _records++;
        var common = new LedgerEntry
        {
            Record = sent.Record.Index,
            SentAt = sent.SentAt.ToUnixTimeMilliseconds(),
            DuplicateOf = sent.Record.DuplicateOf,
            Poison = sent.Record.Poison?.Name(),
            Uncertain = sent.Uncertain,
            Refused = refused,
        };
        if (sent.Expected.Events is not { } events)
        {
            Write(common with { Event = LedgerEntry.WholeRecord, Hash = sent.Expected.RecordHash, Stream = sent.Expected.Streams[0], Bytes = sent.Record.Bytes.Length });
            return;
        }

        for (var i = 0; i < events.Count; i++)
        {
            var expected = events[i];
            Write(common with
            {
                Event = i,
                Stream = expected.Stream,
                Position = refused is null ? Next(expected.Stream) : 0,
                Id = expected.Id,
                Type = expected.Type,
                Kind = expected.Kind,
                Source = expected.Source,
                Content = expected.Content,
                Hash = expected.Hash,
                Attributes = expected.Attributes,
                Time = expected.Time,
                Bytes = expected.Bytes,
            });
        }
    }

    private long Next(string stream) => _positions[stream] = _positions.GetValueOrDefault(stream) + 1;

    private void Write(LedgerEntry entry)
    {
        JsonSerializer.Serialize(_json, entry, LedgerJson.Default.LedgerEntry);
        EndLine();
        _lines++;
    }

    private void EndLine()
    {
        _json.Flush();
        _json.Reset();
        _output.WriteByte((byte)'\n');
    }
}
