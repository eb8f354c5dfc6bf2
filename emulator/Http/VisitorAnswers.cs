namespace DataToEvents.Emulator.Http;

/// <summary>Answers for people and for probes that ask without an AWS client.</summary>
internal static class VisitorAnswers
{
    private const string Welcome = """
        This is the DataToEvents emulator: it plays AWS services on this port. Use it as the endpoint of an AWS client, with any credentials and any region:
          export AWS_ENDPOINT_URL={0} AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any AWS_REGION=us-east-1
          aws s3 ls
        GET /health answers 200 while it runs.

        """;

    /// <returns>Null when the request is not one of a person or a probe. Clients of S3 ask for <c>/</c> too, but they sign, or do not say that they accept anything.</returns>
    public static RequestDelegate? For(HttpRequest request)
    {
        if (!(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) || AwsCall.ServiceOf(request) is not null)
        {
            return null;
        }

        return request.Path.Value switch
        {
            "/health" => static context => WriteAsync(context, "application/json", """{"status":"running"}"""),
            "/favicon.ico" => static context =>
            {
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return Task.CompletedTask;
            }
            ,
            "/" when request.Headers.Accept.ToString().Contains("*/*", StringComparison.Ordinal) && !request.QueryString.HasValue => static context =>
                WriteAsync(context, "text/plain", Welcome.Replace("{0}", $"http://{context.Request.Host}", StringComparison.Ordinal)),
            _ => null,
        };
    }

    private static Task WriteAsync(HttpContext context, string type, string text)
    {
        context.Response.ContentType = type;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(text);
    }
}
