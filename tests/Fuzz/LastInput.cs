using DataToEvents.Fuzz.Tests.Targets;

namespace DataToEvents.Fuzz.Tests;

/// <summary>Ends the process if one input runs so long that it will never end. The input is then on disk.</summary>
internal sealed class LastInput : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FuzzTarget _target;
    private readonly Timer _watch;
    private byte[] _input = [];
    private long _since = Stopwatch.GetTimestamp();

    public LastInput(FuzzTarget target)
    {
        _target = target;
        _watch = new Timer(_ => Look(), null, Patience, TimeSpan.FromSeconds(1));
    }

    public static string NameOf(byte[] input) => Convert.ToHexStringLower(SHA256.HashData(input))[..16];

    public void Remember(byte[] input)
    {
        _input = input;
        Volatile.Write(ref _since, Stopwatch.GetTimestamp());
    }

    public void Dispose() => _watch.Dispose();

    private void Look()
    {
        if (Stopwatch.GetElapsedTime(Volatile.Read(ref _since)) > Patience)
        {
            var file = Path.GetFullPath($"fuzz-{_target.Name}-hang-{NameOf(_input)}");
            File.WriteAllBytes(file, _input);
            Console.Error.WriteLine($"{_target.Name} hangs; the input is kept in {file}.");
            Environment.Exit(1);
        }
    }
}
