namespace DataToEvents.Emulator.DeliveryStreams;

/// <summary>Invokes the function with a batch until its response can be read or the retries are used up.</summary>
internal sealed class TransformInvoker(IInvocable function, DeliveryStreamOptions options, TimeProvider time, DeliveryCounters counters)
{
    private readonly BackOff _backOff = new(options.RetryDelay, TimeSpan.MaxValue);

    public async Task<TransformResult> InvokeAsync(TransformBatch batch, CancellationToken cancellationToken)
    {
        TransformRequest.Write(batch, options);
        for (var attempt = 1; ; attempt++)
        {
            counters.CountInvocation(isRetry: attempt > 1);
            var answer = await function.InvokeAsync(batch.Request.WrittenMemory, cancellationToken);
            var error = Judge(answer, batch);
            if (error is null || attempt > options.Retries)
            {
                return new TransformResult(attempt, time.GetUtcNow().ToUnixTimeMilliseconds(), error);
            }

            await Task.Delay(_backOff.After(attempt), time, cancellationToken);
        }
    }

    private static TransformError? Judge(InvocationResult answer, TransformBatch batch)
    {
        if (answer.Error is { } error)
        {
            return TransformError.Of(error);
        }

        if (answer.Payload.Length > DeliveryStreamLimits.MaxInvocationBytes)
        {
            return TransformError.AnswerTooLarge;
        }

        try
        {
            TransformResponse.Read(answer.Payload.Span, batch);
            return null;
        }
        catch (JsonException)
        {
            return TransformError.Unparsable;
        }
    }
}
