namespace DataToEvents.Emulator.Http.HttpApi;

/// <summary>A request as the event of API Gateway's payload format 2.0.</summary>
internal static class ProxyEvent
{
    public static JsonObject Create(
        HttpContext context, HttpApiOptions options, string routeKey, RequestTarget target, IReadOnlyDictionary<string, string> pathParameters, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var request = context.Request;
        var json = new JsonObject { ["version"] = "2.0", ["routeKey"] = routeKey, ["rawPath"] = target.Path, ["rawQueryString"] = target.Query };
        if (request.Headers.Cookie.Count > 0)
        {
            json["cookies"] = new JsonArray([.. request.Headers.Cookie.ToString().Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]);
        }

        AddMap(json, "headers", request.Headers
            .Where(header => !header.Key.Equals("Cookie", StringComparison.OrdinalIgnoreCase))
            .Select(header => KeyValuePair.Create(header.Key.ToLowerInvariant(), string.Join(',', header.Value.ToArray()))));
        AddMap(json, "queryStringParameters", request.Query.Select(parameter => KeyValuePair.Create(parameter.Key, string.Join(',', parameter.Value.ToArray()))));
        json["requestContext"] = new JsonObject
        {
            ["accountId"] = options.Account,
            ["apiId"] = options.ApiId,
            ["domainName"] = request.Host.Value,
            ["domainPrefix"] = request.Host.Host.Split('.')[0],
            ["http"] = new JsonObject
            {
                ["method"] = request.Method,
                ["path"] = target.Path,
                ["protocol"] = request.Protocol,
                ["sourceIp"] = context.Connection.RemoteIpAddress?.ToString(),
                ["userAgent"] = request.Headers.UserAgent.ToString(),
            },
            ["requestId"] = context.TraceIdentifier,
            ["routeKey"] = routeKey,
            ["stage"] = "$default",
            ["time"] = now.ToString("dd/MMM/yyyy:HH:mm:ss +0000", CultureInfo.InvariantCulture),
            ["timeEpoch"] = now.ToUnixTimeMilliseconds(),
        };
        AddMap(json, "pathParameters", pathParameters);

        // API Gateway decides by the content type. Here the bytes decide: those that are not UTF-8 would not survive in a JSON string.
        var isText = Utf8.IsValid(body);
        if (body.Length > 0)
        {
            json["body"] = isText ? Encoding.UTF8.GetString(body) : Convert.ToBase64String(body);
        }

        json["isBase64Encoded"] = !isText;
        return json;
    }

    /// <summary>Like API Gateway, leaves out a map that is empty.</summary>
    private static void AddMap(JsonObject json, string name, IEnumerable<KeyValuePair<string, string>> entries)
    {
        var map = new JsonObject();
        foreach (var (key, value) in entries)
        {
            map[key] = value;
        }

        if (map.Count > 0)
        {
            json[name] = map;
        }
    }
}
