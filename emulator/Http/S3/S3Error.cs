#pragma warning disable CA1032 // Internal: it always carries an error in S3's terms.
using System.Xml.Linq;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>An error as S3 writes it: XML. The response to a HEAD request has no body.</summary>
internal sealed record S3Error(int Status, string Code, string Message)
{
    public static S3Error AccessDenied { get; } = new(403, "AccessDenied", "Access Denied");

    public static S3Error TooLarge { get; } = new(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed object size.");

    public static S3Error SlowDown { get; } = new(503, "SlowDown", "Please reduce your request rate.");

    public static S3Error NotImplemented { get; } = new(501, "NotImplemented", "A header or operation you provided implies functionality that is not implemented.");

    public static S3Error MalformedXml { get; } = new(400, "MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");

    /// <summary>Further elements, by name.</summary>
    public (string Name, string Value)[] Details { get; init; } = [];

    public static S3Error NoSuchBucket(string bucket) => new(404, "NoSuchBucket", "The specified bucket does not exist") { Details = [("BucketName", bucket)] };

    public static S3Error NoSuchKey(string key) => new(404, "NoSuchKey", "The specified key does not exist.") { Details = [("Key", key)] };

    public static S3Error PreconditionFailed(string condition) =>
        new(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold") { Details = [("Condition", condition)] };

    public static S3Error InvalidRequest(string message) => new(400, "InvalidRequest", message);

    public static S3Error InvalidArgument(string message, string name, string value) =>
        new(400, "InvalidArgument", message) { Details = [("ArgumentName", name), ("ArgumentValue", value)] };

    public static S3Error InvalidVersion(string version) => InvalidArgument("Invalid version id specified", "versionId", version);

    /// <summary>A header, a parameter or an element that this endpoint does not honour.</summary>
    public static S3Error NotHonoured(string name) =>
        NotImplemented with { Message = $"A header or query parameter you provided implies functionality that is not implemented: {name}" };

    /// <summary>A condition that S3 itself does not take.</summary>
    public static S3Error ConditionNotHonoured(string header, string reason) =>
        new(501, "NotImplemented", "A header you provided implies functionality that is not implemented") { Details = [("Header", header), ("additionalMessage", reason)] };

    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : S3Xml.WriteAsync(context, new XElement(
                "Error",
                new XElement("Code", Code),
                new XElement("Message", Message),
                Details.Where(static detail => S3Xml.CanHold(detail.Value)).Select(static detail => new XElement(detail.Name, detail.Value)),
                new XElement("RequestId", context.TraceIdentifier)));
    }
}

/// <summary>Ends a request with an error.</summary>
internal sealed class S3Exception(S3Error error) : Exception(error.Message)
{
    public S3Error Error { get; } = error;
}
