using System.Buffers.Text;
using DataToEvents.Application.EventResponder;

namespace DataToEvents.Functions.EventResponder;

/// <summary>The query of a request that lists events, read and checked. A parameter without a value counts as absent, but for <c>limit</c>.</summary>
internal sealed class ApiQuery
{
    public const int MaxCursorBytes = 1_000;

    private const string Limits = "limit";

    private readonly IDictionary<string, string>? _query;
    private string? _complaint;

    private ApiQuery(IDictionary<string, string>? query, string cursor, string route)
    {
        _query = query;
        Limit = ReadLimit();
        Position = ReadPosition(cursor, route);
    }

    /// <summary>The query of <c>GET /events</c>.</summary>
    /// <param name="query">The parameters, unescaped: API Gateway hands them over so.</param>
    public static ApiQuery OfEvents(IDictionary<string, string>? query)
    {
        var read = new ApiQuery(query, "cursor", "GET /events");
        (read.Id, read.Source, read.Stream) = (read.Text("id"), read.Text("source"), read.Text("stream"));
        read.Selection = new EventSelection(read.Text("type"), read.ReadTime("from"), read.ReadTime("to"));
        read.CheckCombination();
        return read;
    }

    /// <summary>The query of <c>GET /streams/{id}/events</c>.</summary>
    /// <inheritdoc cref="OfEvents"/>
    public static ApiQuery OfHistory(IDictionary<string, string>? query) => new(query, "after", "GET /streams/{id}/events");

    /// <summary>What is wrong with the query; null: nothing.</summary>
    public string? Complaint => _complaint;

    public int Limit { get; }

    /// <summary>The place of the last event of the page before; null: this is the first page.</summary>
    public string? Position { get; }

    public string? Id { get; private set; }

    public string? Source { get; private set; }

    public string? Stream { get; private set; }

    public EventSelection Selection { get; private set; }

    /// <summary>Null when there is none, or when it is empty.</summary>
    public static string? Text(IDictionary<string, string>? query, string name) =>
        query is not null && query.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>A cursor is a position in base64url: it needs no escapes in a query.</summary>
    public static string Cursor(string position) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(position));

    private string? Text(string name) => Text(_query, name);

    private void Complain(string complaint) => _complaint ??= complaint;

    private int ReadLimit()
    {
        var limit = BrowseEvents.DefaultLimit;
        if (_query?.TryGetValue(Limits, out var text) == true
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > BrowseEvents.MaxLimit))
        {
            Complain($"{Limits} must be a whole number from 1 to {BrowseEvents.MaxLimit}.");
        }

        return limit;
    }

    private string? ReadPosition(string name, string route)
    {
        if (Text(name) is not { } cursor)
        {
            return null;
        }

        if (cursor.Length <= MaxCursorBytes && Base64Url.IsValid(cursor)
            && Encoding.Latin1.GetString(Base64Url.DecodeFromChars(cursor)) is { Length: > 0 } position && position.All(static character => character is > ' ' and <= '~'))
        {
            return position;
        }

        Complain($"{name} must be the \"next\" of an answer to {route}.");
        return null;
    }

    private DateTimeOffset? ReadTime(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (Timestamp.TryParse(text, out var time))
        {
            return time;
        }

        Complain($"{name} must be a time such as 2026-11-24T12:00:00Z (RFC 3339; write the plus sign of an offset as %2B).");
        return null;
    }

    private void CheckCombination()
    {
        if (Selection.From > Selection.To)
        {
            Complain("from is later than to: give the earlier time as from.");
        }

        if (Id is not null && Stream is not null)
        {
            Complain("id and stream do not go together: give one of them.");
        }

        if (Source is not null && Id is null)
        {
            Complain("source goes with id: GET /events?id=ID&source=SOURCE.");
        }

        if ((Id ?? Stream) is not null && Selection != default)
        {
            Complain($"type, from and to do not go with {(Id is null ? "stream" : "id")}: leave them out.");
        }
    }
}
