namespace DataToEvents.Emulator.Tables;

/// <summary>What DynamoDB or its streams refuse, in their words.</summary>
/// <param name="code">DynamoDB's error code, such as <c>ValidationException</c>.</param>
/// <param name="message">DynamoDB's message.</param>
public sealed class TableException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
