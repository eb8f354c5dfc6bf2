using Amazon.Lambda.KinesisFirehoseEvents;
using DataToEvents.Adapters.Formats;
using DataToEvents.Application.Transformer;

namespace DataToEvents.Functions.Transformer;

/// <summary>Firehose's data transformation: queues each record's events and answers the lines for the lake.</summary>
public sealed class TransformerFunction(TransformRecords transform)
{
    /// <summary>A fault that hits all of a batch's thousands of records must not write a message for each: their number and the first ones are enough.</summary>
    private const int MostNamed = 5;

    [LambdaFunction]
    public async Task<KinesisFirehoseResponse> Handle(KinesisFirehoseEvent batch, ILambdaContext context)
    {
        var arena = (batch as DecodedEvent)?.Arena;
        var records = (batch.Records ?? throw new ArgumentException("The event has no records: it is not Firehose's.")).Select(Translate).ToArray();
        var (verdicts, doubts) = await transform.ExecuteAsync(records, XRayHeader.ToTraceParent(context.TraceId), TimeBudget.Of(context), arena, CancellationToken.None);
        var log = new FunctionLogger(context.Logger);
        LogFailures(log, [.. verdicts.Where(verdict => verdict.Result == RecordResult.ProcessingFailed)], verdicts.Count);
        foreach (var doubt in doubts.All)
        {
            TransformerLog.Doubted(log, Text(doubt.Kind), doubt.Count, doubt.Reason);
        }

        return arena is null
            ? new KinesisFirehoseResponse { Records = [.. verdicts.Select(Translate)] }
            : new DecodedResponse(arena) { Records = [.. verdicts.Select(TranslateDecoded)] };
    }

    private static void LogFailures(FunctionLogger log, RecordVerdict[] failed, int records)
    {
        if (failed.Length > MostNamed)
        {
            TransformerLog.RecordsFailed(log, failed.Length, records, MostNamed);
        }

        foreach (var verdict in failed.Take(MostNamed))
        {
            TransformerLog.RecordFailed(log, verdict.RecordId, verdict.Reason, verdict.Event?.Id, verdict.Event?.Stream, verdict.Event?.TraceId);
        }
    }

    private static string Text(DoubtKind kind) => kind switch
    {
        DoubtKind.NotJson => "that are not JSON",
        DoubtKind.TimeUnusable => "with a time that is not usable",
        DoubtKind.InvalidCloudEvent => "that are no CloudEvents though they say so",
        _ => "that are unclassified",
    };

    private static ArrivedRecord Translate(KinesisFirehoseEvent.FirehoseRecord record) => new(
        record.RecordId ?? throw new ArgumentException("A record has no recordId: it is not Firehose's."),
        DateTimeOffset.FromUnixTimeMilliseconds(record.ApproximateArrivalEpoch),
        Data(record) ?? throw new ArgumentException($"Record {record.RecordId} has no data: it is not Firehose's."));

    private static ReadOnlyMemory<byte>? Data(KinesisFirehoseEvent.FirehoseRecord record) => record switch
    {
        DecodedRecord decoded => decoded.Data,
        { Base64EncodedData: { } text } => Convert.FromBase64String(text),
        _ => null,
    };

    private static KinesisFirehoseResponse.FirehoseRecord Translate(RecordVerdict verdict) => new()
    {
        RecordId = verdict.RecordId,
        Result = Result(verdict),
        Base64EncodedData = verdict.Result == RecordResult.Ok ? Convert.ToBase64String(verdict.Lines.Span) : null,
    };

    private static DecodedResponseRecord TranslateDecoded(RecordVerdict verdict) => new()
    {
        RecordId = verdict.RecordId,
        Result = Result(verdict),
        // Without the cast, null would become an empty memory, and "data":"" would be written.
        Data = verdict.Result == RecordResult.Ok ? verdict.Lines : (ReadOnlyMemory<byte>?)null,
    };

    private static string Result(RecordVerdict verdict) => verdict.Result switch
    {
        RecordResult.Ok => KinesisFirehoseResponse.TRANSFORMED_STATE_OK,
        RecordResult.Dropped => KinesisFirehoseResponse.TRANSFORMED_STATE_DROPPED,
        _ => KinesisFirehoseResponse.TRANSFORMED_STATE_PROCESSINGFAILED,
    };
}
