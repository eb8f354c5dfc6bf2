using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DataToEvents.Application.EventStorer;

namespace DataToEvents.Adapters.DynamoDb;

/// <summary>What the error of one statement in a BatchExecuteStatement means; null is none.</summary>
internal static class StatementErrors
{
    public static AppendOutcome Outcome(BatchStatementError? error, TableOptions options)
    {
        if (error is null)
        {
            return new AppendOutcome(AppendKind.Stored);
        }

        var reason = $"DynamoDB: {error.Code?.Value}: {error.Message}";
        return error.Code switch
        {
            _ when error.Code == BatchStatementErrorCodeEnum.ResourceNotFound =>
                new AppendOutcome(AppendKind.Refused, $"There is no table {options.TableName} ({options.Variable}). {reason}"),
            _ when IsFinal(error.Code) => new AppendOutcome(AppendKind.Refused, reason),
            _ => new AppendOutcome(AppendKind.Failed, reason),
        };
    }

    private static bool IsFinal(BatchStatementErrorCodeEnum? code) =>
        code == BatchStatementErrorCodeEnum.ValidationError
        || code == BatchStatementErrorCodeEnum.AccessDenied
        || code == BatchStatementErrorCodeEnum.ItemCollectionSizeLimitExceeded;
}
