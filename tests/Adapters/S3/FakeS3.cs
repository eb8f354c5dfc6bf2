using Amazon.S3;
using DataToEvents.Adapters.S3;
using DataToEvents.Adapters.Tests.Wire;

namespace DataToEvents.Adapters.Tests.S3;

/// <summary>A bucket at the wire: conditional puts, and gets, path-style.</summary>
internal sealed class FakeS3
{
    public const string Bucket = "lake-bucket";

    private readonly Dictionary<string, byte[]> _objects = [];

    public FakeS3() => Wire = new FakeAws(Answer);

    public FakeAws Wire { get; }

    public IReadOnlyDictionary<string, byte[]> Objects => _objects;

    public static AmazonS3Client Client(FakeAws wire, int retries = 0) => new(wire.Plays(S3Settings.For("http://aws.test"), retries));

    public WireAnswer Answer(WireRequest request) => request.Method == "GET" ? Get(Key(request)) : Put(request);

    public static S3Options Options => new(Bucket, S3Options.PayloadVariable);

    private static string Key(WireRequest request) => request.Path[$"/{Bucket}/".Length..];

    private WireAnswer Get(string key) => _objects.TryGetValue(key, out var body)
        ? new WireAnswer(HttpStatusCode.OK, "", "application/octet-stream") { Bytes = body }
        : WireAnswer.XmlError(HttpStatusCode.NotFound, "NoSuchKey");

    private WireAnswer Put(WireRequest request) => request.Headers["If-None-Match"] == "*" && !_objects.TryAdd(Key(request), request.Body)
        ? WireAnswer.XmlError(HttpStatusCode.PreconditionFailed, "PreconditionFailed")
        : new WireAnswer(HttpStatusCode.OK, "", "application/xml");
}
