namespace DataToEvents.Adapters.Embedded.Tables;

/// <summary>DynamoDB would refuse the call: its error code and words.</summary>
public sealed class TableException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
