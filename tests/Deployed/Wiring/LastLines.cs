using DataToEvents.Emulator.Lambda;

namespace DataToEvents.Deployed.Tests.Wiring;

/// <summary>Keeps the last lines that the functions logged, for the message of a run that fails.</summary>
internal sealed class LastLines : IFunctionLog
{
    private const int Most = 40;

    private readonly Queue<string> _lines = new();

    public void Write(string functionName, string line)
    {
        lock (_lines)
        {
            _lines.Enqueue($"{functionName}: {line}");
            if (_lines.Count > Most)
            {
                _lines.Dequeue();
            }
        }
    }

    public override string ToString()
    {
        lock (_lines)
        {
            return string.Join(Environment.NewLine, _lines);
        }
    }
}
