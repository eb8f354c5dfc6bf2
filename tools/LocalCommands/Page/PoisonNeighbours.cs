using System.Collections.Concurrent;
using DataToEvents.Domain;

namespace DataToEvents.Local.Page;

/// <summary>Good records that are fed in the midst of hostile ones, each in one batch with them, and what became of them.</summary>
/// <param name="isStored">Whether the store has the event of that stream and key.</param>
/// <param name="time">Tells the records of one run from those of another.</param>
internal sealed class PoisonNeighbours(Func<string, string, Task<bool>> isStored, TimeProvider time)
{
    private const int MostAwaited = 1_000;

    private const string Stream = "page-neighbours";
    private const string Source = "/page";

    /// <summary>By their keys; the value counts the looks at a path where nothing was under way.</summary>
    private readonly ConcurrentDictionary<string, int> _awaited = new();

    private long _fed;

    /// <summary>Those that are in the store.</summary>
    public long Stored { get; private set; }

    /// <summary>Those that are neither in the store nor under way, though no other fault was on, and the catalog takes such records: earlier ones are in the store.</summary>
    public long Lost { get; private set; }

    /// <summary>A record that is an event of its own, and the key by which the store has it.</summary>
    public (byte[] Record, string Key) Next()
    {
        var number = Interlocked.Increment(ref _fed);
        var id = FormattableString.Invariant($"neighbour-{time.GetUtcNow():yyyyMMddHHmmssfff}-{number}");
        var record = $$"""{"specversion":"1.0","id":"{{id}}","source":"{{Source}}","type":"neighbour","subject":"{{Stream}}","time":"2026-01-01T00:00:00Z","data":{{number}}}""";
        return (Encoding.UTF8.GetBytes(record), EventKey.Of(new EventId(id), Source));
    }

    /// <summary>Waits for a record that was accepted.</summary>
    public void Await(string key)
    {
        if (_awaited.Count < MostAwaited)
        {
            _awaited[key] = 0;
        }
    }

    /// <param name="isSettled">Whether nothing was under way a moment ago.</param>
    /// <param name="othersOn">Whether another fault is on: what it does to a record is not the poison's doing.</param>
    public async Task LookAsync(bool isSettled, bool othersOn)
    {
        foreach (var (key, looks) in _awaited)
        {
            if (await isStored(Stream, key))
            {
                Stored++;
                _awaited.TryRemove(key, out _);
            }
            else if (othersOn)
            {
                _awaited.TryRemove(key, out _);
            }
            else if (isSettled && looks > 0)
            {
                Lost += Stored > 0 ? 1 : 0;
                _awaited.TryRemove(key, out _);
            }
            else
            {
                // A record may have been accepted after the path was found settled, so one look is not enough.
                _awaited[key] = isSettled ? looks + 1 : 0;
            }
        }
    }
}
