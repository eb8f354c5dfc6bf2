using System.Security;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>An error as S3 writes it: XML. The response to a HEAD request has no body.</summary>
internal sealed record S3Error(int Status, string Code, string Message)
{
    public static S3Error NoSuchBucket { get; } = new(404, "NoSuchBucket", "The specified bucket does not exist");

    public static S3Error NoSuchKey { get; } = new(404, "NoSuchKey", "The specified key does not exist.");

    public static S3Error AccessDenied { get; } = new(403, "AccessDenied", "Access Denied");

    public static S3Error PreconditionFailed { get; } = new(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");

    public static S3Error TooLarge { get; } = new(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed object size.");

    public static S3Error SlowDown { get; } = new(503, "SlowDown", "Please reduce your request rate.");

    public static S3Error NotImplemented { get; } = new(501, "NotImplemented", "A header or operation you provided implies functionality that is not implemented.");

    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return Task.CompletedTask;
        }

        context.Response.ContentType = "application/xml";
        return context.Response.WriteAsync(
            $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{Code}</Code><Message>{SecurityElement.Escape(Message)}</Message><RequestId>{context.TraceIdentifier}</RequestId></Error>");
    }
}
