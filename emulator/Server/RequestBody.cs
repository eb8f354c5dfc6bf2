using System.IO.Pipelines;

namespace DataToEvents.Emulator.Server;

/// <summary>
/// The body of a request in one pooled buffer. The buffer grows with the bytes that arrive, whatever length the client announces. Valid until disposed.
/// </summary>
internal sealed class RequestBody : IDisposable
{
    private const int FirstBuffer = 16 * 1024;
    /// <summary>How much of a body that is too large is read.</summary>
    private const long MostSkipped = 2 * 1_048_576;

    private readonly int _limit;
    private readonly BodyBudget _budget;
    private byte[] _buffer = [];
    private int _length;

    private RequestBody(int limit, BodyBudget budget) => (_limit, _budget) = (limit, budget);

    /// <summary>The body. It is writable, so that it can be decoded in place.</summary>
    public Memory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Reads the whole body.</summary>
    /// <exception cref="BodyTooLargeException">The body has more than <paramref name="limit"/> bytes.</exception>
    /// <exception cref="BodyBudgetSpentException">All bodies together would use more memory than <paramref name="budget"/> has.</exception>
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
                // Kestrel reads the rest, so that the client gets the answer and can try again.
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

    /// <summary>Reads up to 2 MiB more, so that a client that has nearly sent all gets the answer. A longer rest is not read: the connection is cut.</summary>
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
