using System.Xml.Linq;
using DataToEvents.Emulator.Objects;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>ListBuckets, CreateBucket, HeadBucket, GetBucketLocation.</summary>
/// <param name="buckets">The buckets by name.</param>
/// <param name="region">The region of them all.</param>
/// <param name="created">When they were made, as far as this process knows.</param>
internal sealed class BucketCalls(IReadOnlyDictionary<string, ObjectBucket> buckets, string region, DateTimeOffset created)
{
    /// <summary>The region whose buckets have no location constraint.</summary>
    private const string FirstRegion = "us-east-1";

    /// <summary>Source: AWS General Reference, "Amazon Simple Storage Service endpoints and quotas", of the partition aws.</summary>
    private static readonly HashSet<string> Regions =
    [
        "af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3",
        "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-central-1", "ca-west-1", "eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2",
        "eu-west-1", "eu-west-2", "eu-west-3", "il-central-1", "me-central-1", "me-south-1", "mx-central-1", "sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2",
    ];

    private static string Arn(string bucket) => $"arn:aws:s3:::{bucket}";

    public Task ListAsync(S3Call call)
    {
        var (prefix, limit, after) = (call.Parameter("prefix"), call.Number("max-buckets", int.MaxValue), call.Parameter("continuation-token") ?? "");
        if (call.Parameter("bucket-region") is { } wanted && !Regions.Contains(wanted))
        {
            throw new S3Exception(new S3Error(400, "InvalidArgument", $"Argument value {wanted} is not a valid AWS Region") { Details = [("ArgumentName", "bucket-region")] });
        }

        var names = buckets.Keys.Order(StringComparer.Ordinal)
            .Where(name => name.StartsWith(prefix ?? "", StringComparison.Ordinal) && string.CompareOrdinal(name, after) > 0 && (call.Parameter("bucket-region") ?? region) == region)
            .ToList();
        var page = names.Take(limit).ToList();
        var result = S3Xml.Element("ListAllMyBucketsResult");
        result.Add(S3Xml.Owner(), new XElement(S3Xml.Names + "Buckets", page.Select(
            name => S3Xml.Element("Bucket", ("Name", name), ("CreationDate", S3Xml.Time(created)), ("BucketRegion", region), ("BucketArn", Arn(name))))));
        if (page.Count is > 0 and var count && count < names.Count)
        {
            S3Xml.Add(result, ("ContinuationToken", page[^1]));
        }

        if (prefix is not null)
        {
            S3Xml.Add(result, ("Prefix", prefix));
        }

        return S3Xml.WriteAsync(call.Http, result);
    }

    /// <summary>Answers CreateBucket for a bucket that exists. In us-east-1 that is no error if the request has no body (recorded on AWS).</summary>
    public Task CreateAsync(S3Call call)
    {
        if (region != FirstRegion || call.Request.ContentLength > 0)
        {
            throw new S3Exception(new S3Error(409, "BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it."));
        }

        call.Response.Headers.Location = $"/{call.Name}";
        return Task.CompletedTask;
    }

    public Task HeadAsync(S3Call call)
    {
        call.Response.ContentType = "application/xml";
        (call.Response.Headers["x-amz-bucket-region"], call.Response.Headers["x-amz-bucket-arn"], call.Response.Headers["x-amz-access-point-alias"]) = (region, Arn(call.Name), "false");
        return Task.CompletedTask;
    }

    public Task LocateAsync(S3Call call) => S3Xml.WriteAsync(call.Http, new XElement(S3Xml.Names + "LocationConstraint", region == FirstRegion ? null : region));
}
