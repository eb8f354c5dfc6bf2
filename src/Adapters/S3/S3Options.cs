namespace DataToEvents.Adapters.S3;

/// <summary>Names a bucket.</summary>
public sealed partial record S3Options
{
    /// <summary>The environment variable that names the bucket of big payloads.</summary>
    public const string PayloadVariable = "PAYLOAD_BUCKET";

    /// <summary>The environment variable that names the bucket of the quarantine.</summary>
    public const string QuarantineVariable = "QUARANTINE_BUCKET";

    /// <param name="bucket">A bucket's name.</param>
    /// <param name="variable">The environment variable that it comes from.</param>
    /// <exception cref="ArgumentException">No bucket can have this name; the message names the variable.</exception>
    public S3Options(string? bucket, string variable)
    {
        Bucket = bucket is not null && LegalName().IsMatch(bucket)
            ? bucket
            : throw new ArgumentException($"{variable} must be the name of an S3 bucket (3 to 63 of a-z 0-9 . -), and is \"{bucket}\".", nameof(bucket));
        Variable = variable;
    }

    public string Bucket { get; }

    public string Variable { get; }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z")]
    private static partial Regex LegalName();
}
