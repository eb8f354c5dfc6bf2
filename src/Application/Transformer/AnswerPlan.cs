using System.Buffers.Text;
using System.Text;

namespace DataToEvents.Application.Transformer;

/// <summary>
/// Decides before anything is queued which records' lines fit the answer: one that was queued and then did not fit would be put
/// aside although it went on. A record that is left out holds back the later ones of its streams, so that order survives its return;
/// poison never returns, so it holds back nobody.
/// </summary>
internal sealed class AnswerPlan(IReadOnlyList<ArrivedRecord> records)
{
    // {"recordId":"","result":"ProcessingFailed","data":""}, rounded up.
    private const int EntryOverhead = 64;

    // An id may be escaped in JSON: six bytes for a byte at the worst.
    private const int WorstEscape = 6;

    private int _left = TransformerOptions.MaxAnswerBytes - records.Sum(record => EntryOverhead + (WorstEscape * Encoding.UTF8.GetByteCount(record.RecordId)));

    public void Apply(IReadOnlyList<RecordWork> work)
    {
        var blocked = new HashSet<string>();
        foreach (var record in work)
        {
            if (!record.HasFailed)
            {
                Place(record, blocked);
            }

            if (record is { HasFailed: true, IsPoison: false })
            {
                blocked.UnionWith(record.Events.Select(item => item.Event.Stream.Value));
            }
        }
    }

    private void Place(RecordWork record, HashSet<string> blocked)
    {
        var size = Base64.GetMaxEncodedToUtf8Length(record.LakeBytes);
        if (blocked.Count > 0 && record.Events.Find(item => blocked.Contains(item.Event.Stream.Value)) is { } held)
        {
            record.Fail($"held back: an earlier record of stream {held.Event.Stream} failed", held.Event);
        }
        else if (size > _left)
        {
            record.Fail($"its {size} bytes do not fit the answer of {TransformerOptions.MaxAnswerBytes} bytes any more");
        }
        else
        {
            _left -= size;
        }
    }
}
