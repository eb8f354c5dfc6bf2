using DataToEvents.Application.EventStorer;

namespace DataToEvents.Adapters.DynamoDb;

/// <summary>Translates the error of one statement in a BatchExecuteStatement.</summary>
internal static class StatementErrors
{
    /// <param name="error">Null: the statement succeeded.</param>
    /// <param name="options">Which table to name.</param>
    public static AppendOutcome Outcome(BatchStatementError? error, DynamoDbOptions options)
    {
        var reason = $"DynamoDB: {error?.Code}: {error?.Message}";
        return error?.Code?.Value switch
        {
            null => new AppendOutcome(AppendKind.Stored),
            nameof(BatchStatementErrorCodeEnum.ResourceNotFound) => new AppendOutcome(AppendKind.Refused, $"There is no table {options.TableName} ({options.Variable}). {reason}"),
            nameof(BatchStatementErrorCodeEnum.AccessDenied) => new AppendOutcome(AppendKind.Refused, reason),
            nameof(BatchStatementErrorCodeEnum.ValidationError) or nameof(BatchStatementErrorCodeEnum.ItemCollectionSizeLimitExceeded) =>
                new AppendOutcome(AppendKind.Unstorable, reason),
            _ => new AppendOutcome(AppendKind.Failed, reason),
        };
    }
}
