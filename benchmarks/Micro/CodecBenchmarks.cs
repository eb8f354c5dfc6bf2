using System.Buffers.Text;
using BenchmarkDotNet.Attributes;
using DataToEvents.Domain;

namespace DataToEvents.Benchmarks.Micro;

/// <summary>Measures the way from a record to its envelope and back, beside the least work that any transformation does.</summary>
[MemoryDiagnoser]
public class CodecBenchmarks
{
    private const int Count = 500;

    private static readonly DateTimeOffset Arrival = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly byte[][] _orders = BenchmarkRecords.Orders(Count);
    private readonly byte[][] _encoded = [.. BenchmarkRecords.Orders(Count).Select(order => System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(order)))];
    private readonly byte[][] _envelopes = [.. BenchmarkRecords.Events(Count).Select(item => item.Envelope.ToArray())];
    private readonly byte[] _decoded = new byte[4_096];
    private readonly byte[] _again = new byte[4_096];

    [Benchmark(OperationsPerInvoke = Count, Baseline = true)]
    public int Floor()
    {
        var tokens = 0;
        foreach (var record in _encoded)
        {
            Base64.DecodeFromUtf8(record, _decoded, out _, out var length);
            var reader = new Utf8JsonReader(_decoded.AsSpan(0, length));
            while (reader.Read())
            {
                tokens++;
            }

            Base64.EncodeToUtf8(_decoded.AsSpan(0, length), _again, out _, out _);
        }

        return tokens;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int WriteEnvelopes()
    {
        var reader = new RecordReader(BenchmarkRecords.Catalog);
        var bytes = 0;
        foreach (var order in _orders)
        {
            foreach (var read in reader.Read(order, Arrival))
            {
                bytes += read.Inline().Envelope.Length;
            }
        }

        return bytes;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int ReadEnvelopes()
    {
        var depth = 0;
        foreach (var envelope in _envelopes)
        {
            depth += DataEvent.Parse(envelope).Id.Value.Length;
        }

        return depth;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int HashContents()
    {
        var length = 0;
        foreach (var envelope in _envelopes)
        {
            length += DataEvent.Parse(envelope).ContentHash().Length;
        }

        return length;
    }
}
