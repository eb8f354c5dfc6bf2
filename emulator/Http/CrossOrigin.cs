namespace DataToEvents.Emulator.Http;

/// <summary>Lets pages of chosen origins call the services from a browser (CORS). Without chosen origins a browser keeps every response from them.</summary>
internal static class CrossOrigin
{
    private const string All = "*";

    /// <summary>Adds the headers that the browser asks for, and answers its preflight request.</summary>
    /// <returns>True when the request is answered.</returns>
    public static bool Answers(HttpContext context, IReadOnlyCollection<string> origins)
    {
        var (request, headers) = (context.Request, context.Response.Headers);
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0 || !(origins.Contains(All) || origins.Contains(origin, StringComparer.OrdinalIgnoreCase)))
        {
            return false;
        }

        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlExposeHeaders = All;
        headers.Vary = "Origin";
        if (!HttpMethods.IsOptions(request.Method) || request.Headers.AccessControlRequestMethod.Count == 0)
        {
            return false;
        }

        headers.AccessControlAllowMethods = "GET, HEAD, POST, PUT, DELETE";
        headers.AccessControlAllowHeaders = request.Headers.AccessControlRequestHeaders;
        headers.AccessControlMaxAge = "600";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return true;
    }
}
