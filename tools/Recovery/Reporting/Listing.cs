namespace DataToEvents.Recovery.Reporting;

/// <summary>A table: for people with headers, for machines as objects whose members have the headers' names.</summary>
/// <param name="Name">The member that holds it in JSON.</param>
/// <param name="Columns">Headers, lower case; in JSON <c>two words</c> become <c>twoWords</c>.</param>
internal sealed record Listing(string Name, params string[] Columns)
{
    private readonly List<object?[]> _rows = [];

    public IReadOnlyList<object?[]> Rows => _rows;

    public void Add(params object?[] row) => _rows.Add(row);

    public JsonArray ToJson() => [.. _rows.Select(row => (JsonNode)new JsonObject(Columns.Select((column, index) => KeyValuePair.Create(Member(column), Cells.Json(row[index])))))];

    private static string Member(string column)
    {
        var words = column.Split(' ');
        return words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
