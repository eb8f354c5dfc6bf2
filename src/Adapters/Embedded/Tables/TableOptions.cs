namespace DataToEvents.Adapters.Embedded.Tables;

/// <summary>What a table is created with; its keys are <c>pk</c> and <c>sk</c>, both strings.</summary>
public sealed record TableOptions(string Name)
{
    public string Region { get; init; } = "us-east-1";

    public string AccountId { get; init; } = "000000000000";

    /// <summary>Name of a number attribute with the epoch second after which an item expires (TTL); null for none.</summary>
    public string? ExpiryAttribute { get; init; }

    /// <summary>How long a change record is kept for readers. DynamoDB keeps it 24 hours; null keeps it until it was read.</summary>
    public TimeSpan? ChangeRetention { get; init; } = TimeSpan.FromHours(24);

    public string Arn => $"arn:aws:dynamodb:{Region}:{AccountId}:table/{Name}";

    public string StreamArn => $"{Arn}/stream/2026-01-01T00:00:00.000";

    /// <summary>DynamoDB's table names hold no quote, so that one can stand in a quoted SQL name.</summary>
    internal void Validate()
    {
        if (Name.Length is < 3 or > 255 || Name.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or '-' or '.')))
        {
            throw new TableException("ValidationException", $"TableName \"{Name}\" must be 3 to 255 of a-z, A-Z, 0-9, '_', '-' and '.'.");
        }
    }
}
