using Trace = SharpFuzz.Common.Trace;

namespace DataToEvents.Fuzz.Tests.Engine;

/// <summary>
/// Counts the branches that an input took in the instrumented assemblies, in AFL's map with one byte for each edge. Assemblies that are not
/// instrumented leave it empty.
/// </summary>
internal sealed unsafe class Coverage
{
    // SharpFuzz writes into a map of this size.
    private const int Size = 65_536;

    // The process has one map and never frees it, because instrumented code writes into it until the end.
    private static readonly byte* Map = (byte*)NativeMemory.AllocZeroed(Size);

    private readonly byte[] _seen = new byte[Size];

    /// <summary>Edges that any input took.</summary>
    public int Edges => _seen.Count(static buckets => buckets != 0);

    /// <summary>Call it before any instrumented code runs.</summary>
    public static void Listen() => Trace.SharedMem = Map;

    public static void Clear()
    {
        new Span<byte>(Map, Size).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>True when the last input took an edge that none took before, or took one far more often.</summary>
    public bool Learn()
    {
        var isNew = false;
        for (var edge = 0; edge < Size; edge++)
        {
            var bucket = Map[edge] == 0 ? 0 : 1 << System.Numerics.BitOperations.Log2(Map[edge]);
            isNew |= (_seen[edge] | bucket) != _seen[edge];
            _seen[edge] |= (byte)bucket;
        }

        return isNew;
    }
}
