namespace DataToEvents.Adapters.DynamoDb;

/// <summary>Names a table.</summary>
public sealed partial record DynamoDbOptions
{
    /// <summary>The environment variable that names the store's table.</summary>
    public const string StoreVariable = "TABLE_NAME";

    /// <summary>The environment variable that names the consumer's table.</summary>
    public const string ViewVariable = "VIEW_TABLE_NAME";

    /// <param name="tableName">A DynamoDB table's name.</param>
    /// <param name="variable">The environment variable that it comes from.</param>
    /// <exception cref="ArgumentException">No table can have this name; the message names the variable.</exception>
    public DynamoDbOptions(string? tableName, string variable)
    {
        TableName = tableName is not null && LegalName().IsMatch(tableName)
            ? tableName
            : throw new ArgumentException($"{variable} must be the name of a DynamoDB table (3 to 255 of a-z A-Z 0-9 _ . -), and is \"{tableName}\".", nameof(tableName));
        Variable = variable;
    }

    public string TableName { get; }

    public string Variable { get; }

    [GeneratedRegex(@"\A[a-zA-Z0-9_.-]{3,255}\z")]
    private static partial Regex LegalName();
}
