namespace DataToEvents.Recovery.Replay;

/// <summary>Chooses the events to publish again by the time of their acceptance (in the archive, of their publication), both ends included.</summary>
internal sealed record Selection(DateTimeOffset From, DateTimeOffset To, string? Stream, string? Type)
{
    public bool Wants(DataEvent item) =>
        (item.AcceptedAt ?? item.OccurredAt) is var accepted && accepted >= From && accepted <= To
        && (Stream is null || item.Stream.Value == Stream)
        && (Type is null || item.Type == Type);

    public override string ToString() =>
        $"from {Reporting.Cells.Text(From)} to {Reporting.Cells.Text(To)}{(Stream is null ? "" : $", of stream {Stream}")}{(Type is null ? "" : $", of type {Type}")}";
}
