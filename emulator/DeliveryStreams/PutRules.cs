namespace DataToEvents.Emulator.DeliveryStreams;

internal static class PutRules
{
    public static void Check(IReadOnlyList<ReadOnlyMemory<byte>> records)
    {
        if (records.Count is 0 or > DeliveryStreamLimits.MaxRecordsPerCall)
        {
            throw new ServiceException("InvalidArgumentException", $"A call has 1 to {DeliveryStreamLimits.MaxRecordsPerCall} records; this one has {records.Count}.");
        }

        var bytes = 0L;
        for (var i = 0; i < records.Count; i++)
        {
            bytes += records[i].Length;
            if (records[i].Length > DeliveryStreamLimits.MaxRecordBytes)
            {
                throw new ServiceException("InvalidArgumentException", $"A record has at most {DeliveryStreamLimits.MaxRecordBytes} bytes; record {i} has {records[i].Length}.");
            }
        }

        if (bytes > DeliveryStreamLimits.MaxBytesPerCall)
        {
            throw new ServiceException("InvalidArgumentException", $"A call has at most {DeliveryStreamLimits.MaxBytesPerCall} bytes (4 MiB); this one has {bytes}.");
        }
    }

    /// <summary>The first records of a call as the body of its row.</summary>
    public static byte[] Pack(IReadOnlyList<ReadOnlyMemory<byte>> records, int count)
    {
        var length = 0;
        for (var i = 0; i < count; i++)
        {
            length += Frames.PrefixBytes + records[i].Length;
        }

        var body = new byte[length];
        var rest = body.AsSpan();
        for (var i = 0; i < count; i++)
        {
            rest = Frames.Write(rest, records[i].Span);
        }

        return body;
    }
}
