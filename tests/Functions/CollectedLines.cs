using System.Collections.Concurrent;
using DataToEvents.Emulator.Lambda;

namespace DataToEvents.Functions.Tests;

/// <summary>Keeps what functions write.</summary>
internal sealed class CollectedLines : IFunctionLog
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> All => _lines;

    public void Write(string functionName, string line) => _lines.Enqueue(line);
}
