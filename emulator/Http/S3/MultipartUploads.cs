using DataToEvents.Emulator.Objects;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>The uploads that are neither complete nor aborted. Their parts are in memory, and a stop of the process aborts them.</summary>
/// <param name="maxBytes">How many bytes all parts together may have.</param>
internal sealed class MultipartUploads(long maxBytes)
{
    private readonly Lock _gate = new();
    // In the order in which they were begun.
    private readonly List<MultipartUpload> _uploads = [];
    private long _bytes;

    public void Add(MultipartUpload upload)
    {
        lock (_gate)
        {
            _uploads.Add(upload);
        }
    }

    /// <exception cref="S3Exception">There is no such upload of this key.</exception>
    public MultipartUpload Of(S3Call call)
    {
        var id = call.Request.Query["uploadId"].ToString();
        lock (_gate)
        {
            return _uploads.Find(upload => upload.Id == id && upload.Bucket == call.Name && upload.Key == call.Key) ?? throw NoSuchUpload(id);
        }
    }

    /// <returns>A bucket's uploads by key, and those of one key in the order in which they were begun.</returns>
    public IReadOnlyList<MultipartUpload> List(string bucket, string prefix)
    {
        lock (_gate)
        {
            return [.. _uploads.Where(upload => upload.Bucket == bucket && upload.Key.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(static upload => upload.Key, ObjectKey.Order)];
        }
    }

    /// <exception cref="S3Exception">The upload is gone, or its part does not fit into memory.</exception>
    public void Put(MultipartUpload upload, int number, UploadedPart part)
    {
        lock (_gate)
        {
            if (!_uploads.Contains(upload))
            {
                throw NoSuchUpload(upload.Id);
            }

            var more = part.Body.Length - (upload.Parts.TryGetValue(number, out var replaced) ? replaced.Body.Length : 0);
            if (_bytes + more > maxBytes)
            {
                // It never fits, or it fits once others are complete or aborted.
                throw new S3Exception(upload.Bytes + more > maxBytes ? S3Error.TooLarge : S3Error.SlowDown);
            }

            _bytes += more;
            upload.Parts[number] = part;
        }
    }

    /// <exception cref="S3Exception">The upload is gone.</exception>
    public void Remove(MultipartUpload upload)
    {
        lock (_gate)
        {
            if (!_uploads.Remove(upload))
            {
                throw NoSuchUpload(upload.Id);
            }

            _bytes -= upload.Bytes;
        }
    }

    /// <summary>Notes that an object was written or deleted while uploads of its key were under way.</summary>
    public void Overtake(string bucket, string key)
    {
        lock (_gate)
        {
            foreach (var upload in _uploads.Where(upload => upload.Bucket == bucket && upload.Key == key))
            {
                upload.IsOvertaken = true;
            }
        }
    }

    /// <returns>The upload's parts by number.</returns>
    public IReadOnlyList<KeyValuePair<int, UploadedPart>> Parts(MultipartUpload upload)
    {
        lock (_gate)
        {
            return [.. upload.Parts];
        }
    }

    private static S3Exception NoSuchUpload(string id) => new(new S3Error(
        404, "NoSuchUpload", "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.")
    { Details = [("UploadId", id)] });
}

/// <summary>An upload in parts.</summary>
/// <param name="Bucket">The bucket of its object.</param>
/// <param name="Key">The key of its object.</param>
/// <param name="Headers">The headers that are kept with its object.</param>
/// <param name="Initiated">When it was begun.</param>
internal sealed record MultipartUpload(string Bucket, string Key, Dictionary<string, string> Headers, DateTimeOffset Initiated)
{
    public string Id { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The algorithm that the client chose; null if it left that to S3.</summary>
    public S3Checksum? Algorithm { get; init; }

    /// <summary>Whether the check value is that of the whole content or of its parts.</summary>
    public string ChecksumType { get; init; } = S3Checksum.FullObject;

    /// <summary>The parts by number. <see cref="MultipartUploads"/> guards them.</summary>
    public SortedDictionary<int, UploadedPart> Parts { get; } = [];

    /// <summary>Whether the object has been written or deleted since.</summary>
    public bool IsOvertaken { get; set; }

    public long Bytes => Parts.Values.Sum(static part => (long)part.Body.Length);
}

/// <summary>A part of an upload.</summary>
/// <param name="Body">Its content.</param>
/// <param name="ETag">Its entity tag without quotes.</param>
/// <param name="Checksum">Its check value by the upload's algorithm; null if the upload has none.</param>
/// <param name="Modified">When it was put.</param>
internal sealed record UploadedPart(byte[] Body, string ETag, string? Checksum, DateTimeOffset Modified);
