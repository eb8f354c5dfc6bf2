using System.Buffers.Text;

namespace DataToEvents.Application.Transformer;

/// <summary>
/// Decides before anything is queued which records' lines fit the answer. Otherwise a record could be queued and then be put aside because it does
/// not fit. A record that is left out holds back the later records of its streams, so that their order is kept when it comes back. A poison record
/// never comes back, so it holds back none.
/// </summary>
internal sealed class AnswerPlan
{
    // The answer as it is written, without ids and data. It has no other members and no white space.
    private static readonly int AroundEntries = """{"records":[]}""".Length;
    private static readonly int OkEntry = """{"recordId":"","result":"Ok","data":""},""".Length;
    private static readonly int DroppedEntry = """{"recordId":"","result":"Dropped"},""".Length;
    private static readonly int FailedEntry = """{"recordId":"","result":"ProcessingFailed"},""".Length;

    private static readonly SearchValues<char> WrittenAsTheyAre = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private readonly IReadOnlyList<RecordWork> _work;

    /// <summary>Bytes that are left if all records that were not placed yet fail.</summary>
    private int _left;

    public AnswerPlan(IReadOnlyList<RecordWork> work)
    {
        _work = work;

        // The last entry has no comma.
        _left = TransformerOptions.MaxAnswerBytes - AroundEntries + 1 - work.Sum(static record => IdBytes(record.RecordId) + (record.IsDropped ? DroppedEntry : FailedEntry));
    }

    public void Apply()
    {
        var blocked = new HashSet<string>();
        foreach (var record in _work)
        {
            if (record is { HasFailed: false, IsDropped: false })
            {
                Place(record, blocked);
            }

            if (record is { HasFailed: true, IsPoison: false })
            {
                blocked.UnionWith(record.Events.Select(item => item.Event.Stream.Value));
            }
        }
    }

    /// <summary>
    /// Bytes of an id in the answer. Firehose's are digits. Any other is counted with the encoder that both serializers write with: the function's own and
    /// Amazon's (AbstractLambdaJsonSerializer).
    /// </summary>
    private static int IdBytes(string id) => id.AsSpan().ContainsAnyExcept(WrittenAsTheyAre)
        ? JsonEncodedText.Encode(id, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.Length
        : id.Length;

    private void Place(RecordWork record, HashSet<string> blocked)
    {
        var data = Base64.GetMaxEncodedToUtf8Length(record.LakeBytes);
        var more = OkEntry + data - FailedEntry;
        if (blocked.Count > 0 && record.Events.Find(item => blocked.Contains(item.Event.Stream.Value)) is { } held)
        {
            record.Fail($"held back: an earlier record of stream {held.Event.Stream} failed", held.Event);
        }
        else if (more > _left)
        {
            record.FailAsTooLarge($"its {data} bytes do not fit the answer of {TransformerOptions.MaxAnswerBytes} bytes any more");
        }
        else
        {
            _left -= more;
        }
    }
}
