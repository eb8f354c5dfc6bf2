namespace DataToEvents.Operator.Lake;

/// <summary>The lake's tables and views. They have the same names and columns on AWS (terraform/modules/lake) and here.</summary>
internal static class LakeSchema
{
    private const string Text = "varchar";
    private const string Time = "timestamp";

    public static IReadOnlyList<LakeTable> Tables { get; } =
    [
        new("events", "an event a row",
        [
            new("id", Text, "unique within its source"),
            new("source", Text, "who made it"),
            new("type", Text, "what it is"),
            new("stream", Text, "its stream; null if its producer named none"),
            new("time", Time, "when it happened, in UTC; null if that is no time of the calendar"),
            new("accepted", Time, "when the delivery stream took it, in UTC"),
            new("producer_sequence", Text, "the producer's own number"),
            new("traceparent", Text, "W3C trace context"),
            new("datacontenttype", Text, "media type of the payload; JSON without it"),
            new("data", Text, "the payload as JSON; numbers may be written otherwise than they were sent (12.5 for 12.50)"),
            new("data_base64", Text, "the payload, if it is no text"),
            new("dataref", Text, "where the payload lies, if it is over the inline limit"),
            .. Hours,
        ]),
        new("failed", "a record a row that was not transformed",
        [
            new("arrived", Time, "when the delivery stream took it, in UTC"),
            new("attempts", "bigint", "how often it was tried"),
            new("reason", Text, "Firehose's error code"),
            new("message", Text, "Firehose's message"),
            new("record", Text, "the record as it was sent; null if its bytes are no UTF-8"),
            new("record_base64", Text, "the same bytes"),
            new("hour", Text, "the folder: yyyy/MM/dd/HH"),
        ]),
        new("envelopes", "the lines that events opens", [new("line", Text, "an envelope as it lies there"), .. Hours]),
        new("failed_lines", "the lines that failed opens", [new("line", Text, "a line as Firehose wrote it"), new("hour", Text, "the folder: yyyy/MM/dd/HH")]),
    ];

    /// <summary>The folders of the lake, by the oldest record of an object.</summary>
    private static IEnumerable<LakeColumn> Hours =>
    [
        new("year", Text, "the folder, four digits; name year, month, day and hour, and only those folders are read"),
        new("month", Text, "two digits"),
        new("day", Text, "two digits"),
        new("hour", Text, "two digits"),
    ];
}

internal sealed record LakeTable(string Name, string Meaning, IReadOnlyList<LakeColumn> Columns);

internal sealed record LakeColumn(string Name, string Type, string Meaning);
