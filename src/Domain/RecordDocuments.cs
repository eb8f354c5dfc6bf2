using DataToEvents.Domain.Json;

namespace DataToEvents.Domain;

/// <summary>
/// The JSON documents of one record, in their order. A record holds several only if all of it is JSON objects and arrays, one after the other, separated
/// by white space, a comma, or nothing. Firehose bills each record rounded up to 5 KB, so such records save money. One record after the other.
/// </summary>
internal sealed class RecordDocuments(JsonPointerSet pointers)
{
    /// <summary>Documents of a record that are scanned once. The scans of more would take more memory than scanning those again takes time.</summary>
    private const int MaxKept = 256;

    private static readonly SearchValues<byte> WhiteSpace = SearchValues.Create(" \t\r\n"u8);

    private readonly List<JsonScan> _kept = [new JsonScan(pointers)];
    private readonly JsonScan _later = new(pointers);
    private int _count;
    private int _next;
    private ReadOnlyMemory<byte> _rest;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Begins a record. A byte order mark in front is skipped.</summary>
    /// <returns>Null when the record is one JSON value or several documents, which <see cref="Next"/> gives; otherwise the reason, as text for people.</returns>
    public string? Begin(ReadOnlyMemory<byte> record)
    {
        (_count, _next, _rest) = (0, 0, default);
        if (!Utf8.IsValid(record.Span))
        {
            return "it is not UTF-8";
        }

        var rest = record.Span.StartsWith(ByteOrderMark) ? record[ByteOrderMark.Length..] : record;
        do
        {
            var scan = ScanOf(_count);
            if (!scan.TryScan(rest))
            {
                return $"what begins at byte {record.Length - rest.Length} of {record.Length} is no JSON, from byte {record.Length - rest.Length + scan.End} on";
            }

            if (scan.Depth == 0 && !(_count == 0 && IsBlank(rest.Span[scan.End..])))
            {
                return $"what begins at byte {record.Length - rest.Length} of {record.Length} is no JSON object or array, and it is not alone";
            }

            rest = Behind(scan, rest);
            if (++_count == MaxKept)
            {
                _rest = rest;
            }
        }
        while (!rest.IsEmpty);
        return null;
    }

    /// <returns>The next document, until the next call; null behind the last.</returns>
    public JsonScan? Next()
    {
        if (_next < Math.Min(_count, MaxKept))
        {
            return _kept[_next++];
        }

        if (_rest.IsEmpty)
        {
            return null;
        }

        _later.TryScan(_rest);
        _rest = Behind(_later, _rest);
        return _later;
    }

    private JsonScan ScanOf(int number)
    {
        if (number >= MaxKept)
        {
            return _later;
        }

        if (number == _kept.Count)
        {
            _kept.Add(new JsonScan(pointers));
        }

        return _kept[number];
    }

    /// <summary>Returns the text behind a document and its separator.</summary>
    private static ReadOnlyMemory<byte> Behind(JsonScan scan, ReadOnlyMemory<byte> text)
    {
        var rest = SkipBlank(text[scan.End..]);
        return !rest.IsEmpty && rest.Span[0] == (byte)',' ? SkipBlank(rest[1..]) : rest;
    }

    private static bool IsBlank(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(WhiteSpace);

    private static ReadOnlyMemory<byte> SkipBlank(ReadOnlyMemory<byte> text)
    {
        var start = text.Span.IndexOfAnyExcept(WhiteSpace);
        return start < 0 ? default : text[start..];
    }
}
