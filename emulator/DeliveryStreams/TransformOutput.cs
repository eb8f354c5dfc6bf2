using System.IO.Compression;

namespace DataToEvents.Emulator.DeliveryStreams;

/// <summary>A piece of an object that is still to be written.</summary>
/// <param name="Body">The bytes that are appended to the object.</param>
/// <param name="Bytes">Its size before compression, which is what the buffering hint counts.</param>
/// <param name="Lines">Line feeds in it.</param>
internal sealed record ObjectPiece(byte[] Body, long Bytes, int Lines);

/// <summary>Turns the results of a batch into a piece for the lake and a piece for the processing-failed objects.</summary>
internal static class TransformOutput
{
    private const byte LineFeed = (byte)'\n';

    /// <summary>
    /// The data of the Ok records in order of arrival, as one gzip member. An object is several members one after another, which gzip
    /// (RFC 1952, 2.2) reads as one stream. So each line is compressed only once and waits compressed.
    /// </summary>
    public static ObjectPiece? Lake(TransformBatch batch, bool appendDelimiter)
    {
        var data = batch.Transformed.WrittenSpan;
        var (bytes, lines) = (0L, 0);
        using var body = new MemoryStream();
        using (var gzip = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var verdict in batch.Results)
            {
                if (verdict.Status != TransformStatus.Ok)
                {
                    continue;
                }

                var record = data.Slice(verdict.Start, verdict.Length);
                gzip.Write(record);
                bytes += record.Length;
                lines += record.Count(LineFeed);
                if (appendDelimiter)
                {
                    gzip.WriteByte(LineFeed);
                    bytes++;
                    lines++;
                }
            }
        }

        return bytes > 0 ? new ObjectPiece(body.ToArray(), bytes, lines) : null;
    }

    /// <summary>One line of JSON for each record that failed, in the shape of Firehose's processing-failed objects.</summary>
    public static ObjectPiece? Failures(TransformBatch batch, TransformResult result, string lambdaArn)
    {
        var lines = 0;
        var body = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(body, new JsonWriterOptions { SkipValidation = true });
        for (var i = 0; i < batch.Records.Count; i++)
        {
            if (result.ErrorOf(batch, i) is not { } error)
            {
                continue;
            }

            WriteFailure(json, batch.Records[i], error, result, lambdaArn);
            json.Flush();
            json.Reset();
            body.Write([LineFeed]);
            lines++;
        }

        return lines > 0 ? new ObjectPiece(body.WrittenSpan.ToArray(), body.WrittenCount, lines) : null;
    }

    private static void WriteFailure(Utf8JsonWriter json, BatchRecord record, TransformError error, TransformResult result, string lambdaArn)
    {
        json.WriteStartObject();
        json.WriteNumber("attemptsMade"u8, result.Attempts);
        json.WriteNumber("arrivalTimestamp"u8, record.Row.AtMs);
        json.WriteString("errorCode"u8, error.Code);
        json.WriteString("errorMessage"u8, error.Message);
        json.WriteNumber("attemptEndingTimestamp"u8, result.EndedMs);
        json.WriteBase64String("rawData"u8, record.Data.Span);
        json.WriteString("lambdaArn"u8, lambdaArn);
        json.WriteEndObject();
    }
}
