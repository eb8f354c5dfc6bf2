using DataToEvents.Fuzz.Tests.Targets;

namespace DataToEvents.Fuzz.Tests.Engine;

/// <summary>Coverage-guided: an input that takes a new branch joins the pool that further inputs are made from.</summary>
internal sealed class Fuzzer(FuzzTarget target, IEnumerable<byte[]> corpus, Random random)
{
    private static readonly TimeSpan TimeToShorten = TimeSpan.FromSeconds(10);

    private readonly List<byte[]> _pool = [.. corpus];
    private readonly Mutations _mutations = new(random, target.Words);

    public long Inputs { get; private set; }

    /// <summary>Inputs that took new branches and were not in the corpus.</summary>
    public List<byte[]> Discoveries { get; } = [];

    /// <summary>Told before each input, so that a hang or a crash of the process can be traced to it.</summary>
    public Action<byte[]> Trying { get; init; } = static _ => { };

    /// <returns>The first finding, or null when <paramref name="duration"/> passed without one.</returns>
    public Finding? Run(Coverage coverage, TimeSpan duration, long maxInputs = long.MaxValue)
    {
        var started = Stopwatch.GetTimestamp();
        foreach (var input in _pool.ToArray())
        {
            if (Try(coverage, input, out _) is { } broken)
            {
                return broken;
            }
        }

        while (Inputs < maxInputs && Stopwatch.GetElapsedTime(started) < duration)
        {
            var input = _mutations.Of(_pool);
            if (Try(coverage, input, out var isNew) is { } finding)
            {
                return finding;
            }

            if (isNew)
            {
                _pool.Add(input);
                Discoveries.Add(input);
            }
        }

        return null;
    }

    private Finding? Try(Coverage coverage, byte[] input, out bool isNew)
    {
        Trying(input);
        Coverage.Clear();
        var fault = FuzzTrial.Run(target, input);
        isNew = coverage.Learn();
        Inputs++;
        return fault is null ? null : new Finding(target.Name, Shorten(input, fault), fault);
    }

    /// <summary>Leaves out what the fault does not need.</summary>
    private byte[] Shorten(byte[] input, string fault)
    {
        var kind = Kind(fault);
        var started = Stopwatch.GetTimestamp();
        for (var length = input.Length / 2; length > 0; length /= 2)
        {
            for (var start = 0; start + length <= input.Length && Stopwatch.GetElapsedTime(started) < TimeToShorten;)
            {
                byte[] shorter = [.. input[..start], .. input[(start + length)..]];
                Trying(shorter);
                if (FuzzTrial.Run(target, shorter) is { } same && Kind(same) == kind)
                {
                    input = shorter;
                }
                else
                {
                    start += length;
                }
            }
        }

        return input;
    }

    private static string Kind(string fault) => fault.Split(':', ' ')[0];
}
