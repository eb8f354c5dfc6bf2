using System.Diagnostics.CodeAnalysis;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>One of S3's checksum algorithms.</summary>
/// <param name="Name">Its name in requests, such as <c>CRC32</c>.</param>
/// <param name="Compute">Returns the check value.</param>
internal sealed record S3Checksum(string Name, Func<ReadOnlySpan<byte>, byte[]> Compute)
{
    public const string Prefix = "x-amz-checksum-";
    public const string TypeHeader = "x-amz-checksum-type";
    public const string FullObject = "FULL_OBJECT";
    public const string Composite = "COMPOSITE";

    /// <summary>S3's own choice where the client makes none.</summary>
    public static readonly S3Checksum Default = new("CRC64NVME", new ReflectedCrc(0x9A6C9329AC4BC9B5, 8).Compute);

    [SuppressMessage("Security", "CA5350", Justification = "S3 has a checksum by SHA-1; it protects nothing.")]
    public static readonly S3Checksum[] All =
    [
        new("CRC32", new ReflectedCrc(0xEDB88320, 4).Compute), new("CRC32C", new ReflectedCrc(0x82F63B78, 4).Compute), Default, new("SHA1", SHA1.HashData), new("SHA256", SHA256.HashData),
    ];

    private static readonly Dictionary<string, S3Checksum> ByHeader = All.ToDictionary(static checksum => checksum.Header, StringComparer.OrdinalIgnoreCase);

    /// <summary>The header with its value.</summary>
    public string Header { get; } = Prefix + Name.ToLowerInvariant();

    /// <summary>The element with its value.</summary>
    public string Element => $"Checksum{Name}";

    public static IEnumerable<string> Headers => ByHeader.Keys;

    /// <summary>Whether the check value of a whole may be that of its whole content, and not only that of its parts.</summary>
    public bool IsOfWholes => Name.StartsWith("CRC", StringComparison.Ordinal);

    /// <summary>The type of the check value of an upload in parts, where the client names none.</summary>
    public string DefaultType => this == Default ? FullObject : Composite;

    public static S3Checksum? OfHeader(string header) => ByHeader.GetValueOrDefault(header);

    /// <exception cref="S3Exception">There is no such algorithm.</exception>
    public static S3Checksum Named(string name) => Array.Find(All, checksum => checksum.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw new S3Exception(S3Error.InvalidRequest(
        "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]"));

    /// <returns>The check value in base64.</returns>
    public string Of(ReadOnlySpan<byte> content) => Convert.ToBase64String(Compute(content));
}
