namespace DataToEvents.Emulator.Queues;

/// <summary>What clients of SQS set of a queue. It is stored beside the messages.</summary>
/// <param name="IsOfClient">Whether a client made the queue, and not the program that started the emulator.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Modified">When a client changed an attribute last.</param>
public sealed record QueueSettings(bool IsOfClient, DateTimeOffset Created, DateTimeOffset Modified)
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS queue_settings (
            name TEXT PRIMARY KEY, of_client INTEGER NOT NULL, created INTEGER NOT NULL, modified INTEGER NOT NULL, attributes TEXT NOT NULL, tags TEXT NOT NULL) WITHOUT ROWID;
        """;

    /// <summary>The attributes that were set, as SQS names and writes them.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    internal static void Define(Database database) => database.Define(Schema);

    internal static Dictionary<string, QueueSettings> Load(DatabaseConnection connection) => connection.Query(
        "SELECT name, of_client, created, modified, attributes, tags FROM queue_settings",
        static row => KeyValuePair.Create(row.GetString(0), new QueueSettings(row.GetInt64(1) == 1, Time(row.GetInt64(2)), Time(row.GetInt64(3)))
        {
            Attributes = Texts(row.GetString(4)),
            Tags = Texts(row.GetString(5)),
        })).ToDictionary();

    internal void Store(DatabaseConnection connection, string name) => connection.Execute(
        "INSERT OR REPLACE INTO queue_settings (name, of_client, created, modified, attributes, tags) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        name, IsOfClient ? 1 : 0, Created.ToUnixTimeMilliseconds(), Modified.ToUnixTimeMilliseconds(), Json(Attributes), Json(Tags));

    internal static void Delete(DatabaseConnection connection, string name) => connection.Execute("DELETE FROM queue_settings WHERE name = ?1", name);

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static string Json(IReadOnlyDictionary<string, string> texts) =>
        new JsonObject(texts.Select(static text => KeyValuePair.Create(text.Key, (JsonNode?)text.Value))).ToJsonString();

    private static Dictionary<string, string> Texts(string json) =>
        JsonNode.Parse(json)!.AsObject().ToDictionary(static member => member.Key, static member => (string)member.Value!, StringComparer.Ordinal);
}
