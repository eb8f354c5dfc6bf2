using System.Net.Http.Headers;

namespace Amazon.Lambda.RuntimeSupport.RuntimeApi;

/// <summary>The Lambda Runtime API, version 2018-06-01.</summary>
internal sealed class RuntimeApiConnection(HttpClient http, string endpoint, TimeProvider clock)
{
    /// <summary>The attempts of a call, and the wait after the first of them; each further wait is twice as long, so they span 1.5 s.</summary>
    private const int Attempts = 5;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);

    private readonly Uri _next = new($"http://{endpoint}/2018-06-01/runtime/invocation/next");
    private readonly string _invocations = $"http://{endpoint}/2018-06-01/runtime/invocation/";
    private readonly Uri _initError = new($"http://{endpoint}/2018-06-01/runtime/init/error");

    /// <summary>Waits for the next invocation.</summary>
    public Task<NextInvocation> NextAsync(CancellationToken cancellationToken) =>
        // Nothing of an invocation has begun yet, so any loss of the connection is worth another attempt.
        RetryAsync(
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, _next);
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                await ThrowUnlessTakenAsync(response);
                return NextInvocation.From(response.Headers, await response.Content.ReadAsByteArrayAsync(cancellationToken));
            },
            static lost => lost is HttpRequestException or IOException,
            cancellationToken);

    public Task RespondAsync(string requestId, Stream answer) =>
        PostAsync(
            new Uri($"{_invocations}{requestId}/response"),
            // The stream stays the caller's, and a second attempt reads it again.
            () => answer is null ? new ByteArrayContent([]) : new StreamContent(new LentStream(answer)),
            "application/json",
            null);

    public Task ReportErrorAsync(string requestId, Exception error) =>
        PostErrorAsync(new Uri($"{_invocations}{requestId}/error"), error, ErrorJson.TypeOf(error));

    /// <summary>As in the package, its type stands in the body only.</summary>
    public Task ReportInitErrorAsync(Exception error) => PostErrorAsync(_initError, error, null);

    private Task PostErrorAsync(Uri uri, Exception error, string type)
    {
        var json = ErrorJson.Write(error);
        return PostAsync(uri, () => new ByteArrayContent(json), "application/vnd.aws.lambda.error+json", type);
    }

    private async Task PostAsync(Uri uri, Func<HttpContent> content, string contentType, string errorType) =>
        // Once sent it may have arrived, and is not sent again: only what found no connection is.
        await RetryAsync(
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = content() };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
                if (errorType is not null)
                {
                    request.Headers.TryAddWithoutValidation("Lambda-Runtime-Function-Error-Type", errorType);
                }

                using var response = await http.SendAsync(request);
                await ThrowUnlessTakenAsync(response);
                return response.StatusCode;
            },
            static lost => lost is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError },
            CancellationToken.None);

    private async Task<T> RetryAsync<T>(Func<Task<T>> call, Func<Exception, bool> worthAnother, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                if (attempt == Attempts || !worthAnother(e))
                {
                    throw new RuntimeApiException($"The Lambda Runtime API at {endpoint} is out of reach: {e.Message}", e);
                }
            }

            await Task.Delay(FirstWait * (1 << (attempt - 1)), clock, cancellationToken);
        }
    }

    private static async Task ThrowUnlessTakenAsync(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
        {
            var said = await response.Content.ReadAsStringAsync();
            var path = response.RequestMessage.RequestUri.AbsolutePath;
            throw new RuntimeApiException($"The Lambda Runtime API answered {(int)response.StatusCode} to {path}. {said}");
        }
    }
}
