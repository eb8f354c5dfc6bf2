namespace DataToEvents.Deployed.Tests.Promises;

/// <summary>The records that are fed to a deployment: good ones, and among them records that tend to break a path.</summary>
internal static class Feed
{
    public const string ConflictingId = "conflict-1";

    public static List<FedRecord> Of(IReadOnlyList<byte[]> good, IEnumerable<byte[]> repeated)
    {
        var records = good.Select(FedRecord.Of).ToList();
        // They are in the middle, because the records before and behind them must not be harmed.
        records.InsertRange(records.Count / 2, Hostile());
        // A producer that lost a response sends the records again. These have ids of their own.
        records.AddRange(repeated.Select(payload => FedRecord.Of(payload) with { IsNew = false }));
        return records;
    }

    private static IEnumerable<FedRecord> Hostile()
    {
        yield return FedRecord.Of([0xFF, 0xFE, 0x00, 0x80, 0x0A, 0x41]) with { Payloads = [[0xFF, 0xFE, 0x00, 0x80, 0x0A, 0x41]] };
        yield return FedRecord.Of("no JSON: José \"quoted\" \\ 😀");
        yield return FedRecord.Of("""{"deep":[[[[null,{"n":1.0,"m":12345678901234567890.10e-3}]]]],"deep2":{"z":null,"a":1}}""");
        // This record is over every inline limit, so its payload goes to S3.
        yield return FedRecord.Of($$"""{"orderId":"big","text":"{{new string('é', 150_000)}}"}""");
        yield return new FedRecord(Encoding.UTF8.GetBytes("{\"line\":1}\n{\"line\":2}"), ["{\"line\":1}"u8.ToArray(), "{\"line\":2}"u8.ToArray()]);
        yield return CloudEvent("""{"first":true}""");
        yield return CloudEvent("""{"first":false}""") with { IsNew = false };
        yield return Unqueueable();
    }

    private static FedRecord CloudEvent(string data) => new(
        Encoding.UTF8.GetBytes($$"""{"specversion":"1.0","id":"{{ConflictingId}}","source":"/producer","type":"a.b","subject":"conflicts","time":"2026-11-24T12:00:00Z","data":{{data}}}"""),
        [Encoding.UTF8.GetBytes(data)]);

    /// <summary>Its payload could go to S3, but an attribute alone is over the limit, so no hop behind the Transformer could take the event.</summary>
    private static FedRecord Unqueueable() => new(
        Encoding.UTF8.GetBytes($$"""{"specversion":"1.0","id":"wide-1","source":"/producer","type":"a.b","subject":"wide","wide":"{{new string('x', 300_000)}}","data":1}"""), [])
    {
        IsTransformed = false,
    };
}
