using System.Buffers;
using System.IO.Pipelines;
using DataToEvents.Emulator.Storage;
using Microsoft.AspNetCore.Http;

namespace DataToEvents.Emulator.Server;

/// <summary>
/// A request's body in one pooled buffer, which grows with what arrives and not with what is announced. Valid until disposed.
/// </summary>
internal sealed class RequestBody : IDisposable
{
    private const int FirstBuffer = 16 * 1024;
    private const long MostSkipped = 2 * 1_048_576;

    private readonly int _limit;
    private readonly BodyBudget _budget;
    private byte[] _buffer = [];
    private int _length;

    private RequestBody(int limit, BodyBudget budget) => (_limit, _budget) = (limit, budget);

    /// <summary>Writable, so that what is in it can be decoded in place.</summary>
    public Memory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <exception cref="BodyTooLargeException">The body has more than <paramref name="limit"/> bytes.</exception>
    /// <exception cref="BodyBudgetSpentException">All bodies together would occupy more than the server may.</exception>
    /// <exception cref="BadHttpRequestException">The client sent less than it announced, or too slowly.</exception>
    public static async Task<RequestBody> ReadAsync(HttpRequest request, int limit, BodyBudget budget)
    {
        if (request.ContentLength > limit)
        {
            throw new BodyTooLargeException();
        }

        var body = new RequestBody(limit, budget);
        try
        {
            await body.FillAsync(request.BodyReader, request.HttpContext.RequestAborted);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            SharedArrays.Return(_buffer);
            _budget.Release(_buffer.Length);
        }

        (_buffer, _length) = ([], 0);
    }

    private async Task FillAsync(PipeReader source, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await source.ReadAsync(cancellationToken);
            try
            {
                Append(read.Buffer);
            }
            catch (BodyBudgetSpentException)
            {
                // The server reads the rest, so that the client hears the answer and may ask again.
                source.AdvanceTo(read.Buffer.End);
                throw;
            }
            catch (BodyTooLargeException)
            {
                source.AdvanceTo(read.Buffer.End);
                await SkipAsync(source, cancellationToken);
                throw;
            }

            source.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    /// <summary>Reads a little more, so that a client that is about to end hears the answer. The rest of a larger body is not read: it is cut off.</summary>
    private static async Task SkipAsync(PipeReader source, CancellationToken cancellationToken)
    {
        for (var left = MostSkipped; ;)
        {
            var read = await source.ReadAsync(cancellationToken);
            left -= read.Buffer.Length;
            if (left < 0)
            {
                return;
            }

            source.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    private void Append(in ReadOnlySequence<byte> bytes)
    {
        if (bytes.Length > _limit - _length)
        {
            throw new BodyTooLargeException();
        }

        var more = (int)bytes.Length;
        if (more > _buffer.Length - _length)
        {
            Grow(_length + more);
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += more;
    }

    private void Grow(int needed)
    {
        var larger = SharedArrays.Rent(Math.Max(Math.Max(needed, FirstBuffer), Math.Min(_buffer.Length * 2, _limit)));
        if (!_budget.TryTake(larger.Length))
        {
            SharedArrays.Return(larger);
            throw new BodyBudgetSpentException();
        }

        Bytes.CopyTo(larger);
        var length = _length;
        Dispose();
        (_buffer, _length) = (larger, length);
    }
}
