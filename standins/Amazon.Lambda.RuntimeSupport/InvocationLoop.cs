using Amazon.Lambda.RuntimeSupport.Logging;
using Amazon.Lambda.RuntimeSupport.RuntimeApi;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>next, handle, answer, again.</summary>
internal sealed class InvocationLoop(RuntimeApiConnection api, FunctionLog log, LambdaBootstrap bootstrap)
{
    public async Task<bool> InitializeAsync(LambdaBootstrapInitializer initializer)
    {
        if (initializer is null)
        {
            return true;
        }

        try
        {
            return await initializer();
        }
        catch (Exception e)
        {
            log.WriteError(e);
            await api.ReportInitErrorAsync(e);
            throw;
        }
    }

    public async Task RunAsync(HandlerWrapper handler, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            NextInvocation next;
            try
            {
                next = await api.NextAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }

            await HandleAsync(handler, next);
            if (bootstrap.Environment.RunOnce)
            {
                return;
            }
        }
    }

    private async Task HandleAsync(HandlerWrapper handler, NextInvocation next)
    {
        using var request = new InvocationRequest
        {
            InputStream = next.Event,
            LambdaContext = new LambdaContext(next, bootstrap.Environment, bootstrap.Clock, log, handler.Serializer),
        };
        log.Invocation = next;
        // The AWS SDK and X-Ray's read it there.
        bootstrap.SetEnvironmentVariable(LambdaEnvironment.TraceIdVariable, next.TraceId);

        InvocationResponse response;
        try
        {
            response = await handler.Handler(request);
        }
        catch (Exception e)
        {
            log.WriteError(e);
            await api.ReportErrorAsync(next.RequestId, e);
            return;
        }

        await RespondAsync(next, response);
    }

    private async Task RespondAsync(NextInvocation next, InvocationResponse response)
    {
        try
        {
            await api.RespondAsync(next.RequestId, response?.OutputStream);
        }
        finally
        {
            if (response is { DisposeOutputStream: true, OutputStream: not null })
            {
                await response.OutputStream.DisposeAsync();
            }
        }
    }
}
