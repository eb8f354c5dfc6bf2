using DataToEvents.Emulator.Http.DynamoDb.Expressions;

namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>Scan: all items in the order of their keys, or one of several segments of them, a page at a time.</summary>
internal static class TableScan
{
    private const int MaxSegments = 1_000_000;

    public static async Task AnswerAsync(ItemTable table, JsonRequest call, Utf8JsonWriter answer)
    {
        var scope = new Scope(call);
        var page = new ReadPage(table, call, scope);
        scope.ThrowIfUnused();
        var (segment, segments) = Segment(call);
        var after = call.Object("ExclusiveStartKey") is { } start ? page.Source.Start(start) : default((ItemKey Place, ItemKey Key)?);
        if (after is { } from && !Has(segment, segments, from.Place))
        {
            throw Refused("The provided Exclusive start key does not map to the provided Segment and TotalSegments values.");
        }

        var isOpen = true;
        while (isOpen)
        {
            var items = await page.Source.ScanAsync(after, page.Ahead);
            isOpen = items.Where(item => Has(segment, segments, item.Place)).All(item => page.Take(item.Json, ItemJson.Attributes(item.Json))) && items.Count == page.Ahead;
            after = items.Count > 0 ? (items[^1].Place, items[^1].Key) : after;
        }

        page.Write(answer);
    }

    /// <summary>All items of a partition are in one segment.</summary>
    private static bool Has(int segment, int segments, ItemKey key) => segments == 1 || ItemKey.Hash(key.Partition) % segments == segment;

    private static (int Segment, int Segments) Segment(JsonRequest call) => (call.Number("Segment"), call.Number("TotalSegments")) switch
    {
        (null, null) => (0, 1),
        (not null, null) => throw Refused("The TotalSegments parameter is required but was not present in the request when Segment parameter is present"),
        (null, not null) => throw Refused("The Segment parameter is required but was not present in the request when parameter TotalSegments is present"),
        (_, < 1) => throw Refused("1 validation error detected: Value at 'totalSegments' failed to satisfy constraint: Member must have value greater than or equal to 1"),
        (_, > MaxSegments) => throw Refused($"1 validation error detected: Value at 'totalSegments' failed to satisfy constraint: Member must have value less than or equal to {MaxSegments}"),
        ( < 0, _) => throw Refused("1 validation error detected: Value at 'segment' failed to satisfy constraint: Member must have value greater than or equal to 0"),
        var (segment, segments) when segment >= segments => throw Refused(
            $"The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: {segment} is not less than TotalSegments: {segments}"),
        var (segment, segments) => (segment!.Value, segments!.Value),
    };

    private static AwsException Refused(string message) => new("ValidationException", message);
}
