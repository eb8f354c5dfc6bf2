using DataToEvents.Application.EventStorer;

namespace DataToEvents.Adapters.DynamoDb;

/// <summary>What the error of one statement in a BatchExecuteStatement means.</summary>
internal static class StatementErrors
{
    public const string Duplicate = "DuplicateItem";

    public static AppendOutcome Outcome(StatementAnswer answer, TableOptions options)
    {
        var reason = $"DynamoDB: {answer.Code}: {answer.Message}";
        return answer.Code switch
        {
            null => new AppendOutcome(AppendKind.Stored),
            "ResourceNotFound" => new AppendOutcome(AppendKind.Refused, $"There is no table {options.TableName} ({options.Variable}). {reason}"),
            "ValidationError" or "AccessDenied" or "ItemCollectionSizeLimitExceeded" => new AppendOutcome(AppendKind.Refused, reason),
            _ => new AppendOutcome(AppendKind.Failed, reason),
        };
    }
}
