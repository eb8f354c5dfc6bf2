namespace DataToEvents.Emulator.Tables;

/// <summary>DynamoDB, its streams or Lambda would refuse the request, with this code and message.</summary>
/// <param name="code">DynamoDB's error code, such as <c>ValidationException</c>.</param>
/// <param name="message">DynamoDB's message.</param>
public sealed class TableException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
