using System.Collections.Concurrent;
using Amazon.Lambda.Core;

namespace DataToEvents.Emulator.Lambda;

/// <summary>
/// A function whose handler runs in this process and in the caller's context, with the same JSON as on Lambda: each invocation
/// reads its event from bytes and writes its answer to bytes. An exception of the handler is a function error.
/// </summary>
public sealed class InProcessFunction : IInvocable
{
    private readonly FunctionOptions _options;
    private readonly Func<ReadOnlyMemory<byte>, ILambdaContext, Task<ReadOnlyMemory<byte>>> _handler;
    private readonly ILambdaSerializer _serializer;
    private readonly FunctionHost _host;
    private readonly LineLogger _logger;
    private readonly ConcurrentBag<MemoryStream> _scratch = [];

    private InProcessFunction(
        FunctionOptions options,
        Func<InProcessFunction, ReadOnlyMemory<byte>, ILambdaContext, Task<ReadOnlyMemory<byte>>> handler,
        ILambdaSerializer serializer,
        FunctionHost host)
    {
        _options = options;
        _handler = (payload, context) => handler(this, payload, context);
        _serializer = serializer;
        _host = host;
        _logger = new LineLogger(options.Name, host.Log);
    }

    public string Name => _options.Name;

    /// <summary>A function that answers with an object, as JSON.</summary>
    public static InProcessFunction Create<TIn, TOut>(
        FunctionOptions options, Func<TIn, ILambdaContext, Task<TOut>> handler, ILambdaSerializer serializer, FunctionHost host) =>
        new(options, async (self, payload, context) => self.Write(await handler(self.Read<TIn>(payload), context)), serializer, host);

    /// <summary>A function that answers with JSON in a stream, as Amazon.Lambda.Annotations does for an HTTP API.</summary>
    public static InProcessFunction Create<TIn>(
        FunctionOptions options, Func<TIn, ILambdaContext, Task<Stream>> handler, ILambdaSerializer serializer, FunctionHost host) =>
        new(options, async (self, payload, context) => await CopyAsync(await handler(self.Read<TIn>(payload), context)), serializer, host);

    /// <summary>A function that answers nothing.</summary>
    public static InProcessFunction Create<TIn>(
        FunctionOptions options, Func<TIn, ILambdaContext, Task> handler, ILambdaSerializer serializer, FunctionHost host) =>
        new(
            options,
            async (self, payload, context) =>
            {
                await handler(self.Read<TIn>(payload), context);
                return default;
            },
            serializer,
            host);

    /// <summary>An invocation that takes longer than the timeout is abandoned: its handler is not stopped, but its answer is ignored.</summary>
    public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) => InvokeAsync(payload, null, cancellationToken);

    /// <inheritdoc/>
    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, string? traceHeader, CancellationToken cancellationToken)
    {
        if (payload.Length > LambdaErrors.MaxPayloadBytes)
        {
            return LambdaErrors.RequestTooLarge(payload.Length);
        }

        var context = new InvocationContext(_options, _host, traceHeader, _logger, _serializer);
        try
        {
            return await RunAsync(payload, context).WaitAsync(_options.Timeout, _host.Clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            return LambdaErrors.TimedOut(context.AwsRequestId, _options.Timeout);
        }
    }

    private async Task<InvocationResult> RunAsync(ReadOnlyMemory<byte> payload, InvocationContext context)
    {
        try
        {
            var answer = await _handler(payload, context);
            return answer.Length > LambdaErrors.MaxPayloadBytes ? LambdaErrors.ResponseTooLarge(answer.Length) : InvocationResult.Success(answer);
        }
#pragma warning disable CA1031 // Not swallowed: whatever the handler throws is the answer, as on Lambda.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _logger.Log(fault);
            return InvocationResult.Failure(fault.GetType().Name, fault.Message);
        }
    }

    private TIn Read<TIn>(ReadOnlyMemory<byte> payload)
    {
        // The array is visible, so that a serializer that wants all of it need not copy it.
        using var stream = MemoryMarshal.TryGetArray(payload, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false, publiclyVisible: true)
            : new MemoryStream(payload.ToArray(), writable: false);
        return _serializer.Deserialize<TIn>(stream);
    }

    /// <summary>Answers are written into streams that are used again and keep their size, and copied into arrays of their length.</summary>
    private byte[] Write<TOut>(TOut answer)
    {
        var scratch = _scratch.TryTake(out var free) ? free : new MemoryStream();
        _serializer.Serialize(answer, scratch);
        var bytes = scratch.ToArray();
        scratch.SetLength(0);
        _scratch.Add(scratch);
        return bytes;
    }

    private static async Task<ReadOnlyMemory<byte>> CopyAsync(Stream answer)
    {
        await using (answer)
        {
            if (answer is MemoryStream memory)
            {
                return memory.ToArray();
            }

            using var copy = new MemoryStream();
            await answer.CopyToAsync(copy);
            return copy.ToArray();
        }
    }
}
