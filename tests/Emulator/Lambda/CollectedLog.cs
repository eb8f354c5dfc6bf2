using System.Collections.Concurrent;
using DataToEvents.Emulator.Lambda;

namespace DataToEvents.Emulator.Tests.Lambda;

public sealed class CollectedLog : IFunctionLog
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public void Write(string functionName, string line) => Lines.Enqueue($"{functionName}: {line}");
}
