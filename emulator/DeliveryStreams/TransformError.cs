namespace DataToEvents.Emulator.DeliveryStreams;

/// <summary>Why a record was not transformed, with the texts that Firehose puts into its logs and processing-failed objects.</summary>
internal sealed record TransformError(string Code, string Message)
{
    /// <summary>The function's message stands in the line of every record of the batch.</summary>
    private const int MaxFunctionMessage = 300;

    private static readonly TransformError _processingFailed =
        new("Lambda.ProcessingFailedStatus", "ProcessingFailed status set for record");

    private static readonly TransformError _missing = new(
        "Lambda.MissingRecordId",
        "One or more record Ids were not returned. Ensure that the Lambda function returns all received record Ids.");

    private static readonly TransformError _duplicated = new(
        "Lambda.DuplicatedRecordId",
        "Multiple records were returned with the same record Id. Ensure that the Lambda function returns a unique record Id for each record.");

    public static TransformError Unparsable { get; } = new(
        "Lambda.JsonProcessingException",
        "There was an error parsing the returned records. Ensure that the returned records follow the status model.");

    public static TransformError AnswerTooLarge { get; } = new(
        "Lambda.FunctionError",
        $"The Lambda function was successfully invoked but its answer exceeded {DeliveryStreamLimits.MaxInvocationBytes} bytes.");

    public static TransformError Of(TransformStatus verdict) => verdict switch
    {
        TransformStatus.ProcessingFailed => _processingFailed,
        TransformStatus.Missing => _missing,
        TransformStatus.Duplicated => _duplicated,
        TransformStatus.Malformed => Unparsable,
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "No failure."),
    };

    public static TransformError Of(FunctionError error)
    {
        var message = $"{error.Type}: {error.Message}";
        return error.Type == "TooManyRequestsException"
            ? new TransformError("Lambda.InvokeLimitExceeded", "The Lambda concurrency limit was exceeded.")
            : new TransformError(
                "Lambda.FunctionError",
                $"The Lambda function was successfully invoked but it returned an error result. {message[..Math.Min(MaxFunctionMessage, message.Length)]}");
    }
}
