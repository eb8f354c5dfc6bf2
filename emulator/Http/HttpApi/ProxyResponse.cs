namespace DataToEvents.Emulator.Http.HttpApi;

/// <summary>A function's output as API Gateway reads it: a response, or any JSON, which becomes the body of a 200.</summary>
internal sealed class ProxyResponse
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private readonly List<KeyValuePair<string, string>> _headers = [];
    private int _status = StatusCodes.Status200OK;
    private ReadOnlyMemory<byte> _body;

    /// <returns>Null when API Gateway could not read the output.</returns>
    public static ProxyResponse? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("statusCode", out var status)
                ? ReadResponse(root, status)
                : new ProxyResponse { _body = json }.With("Content-Type", "application/json");
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = _status;
        foreach (var (name, value) in _headers)
        {
            response.Headers.Append(name, value);
        }

        if (response.Headers.ContentType.Count == 0)
        {
            response.ContentType = "text/plain; charset=utf-8";
        }

        if (_status is not StatusCodes.Status204NoContent and not StatusCodes.Status304NotModified)
        {
            response.ContentLength = _body.Length;
            await response.Body.WriteAsync(_body);
        }
    }

    private static ProxyResponse? ReadResponse(JsonElement root, JsonElement status)
    {
        var answer = new ProxyResponse { _status = status.ValueKind == JsonValueKind.String ? int.Parse(status.GetString()!, null) : status.GetInt32() };
        if (answer._status is < 200 or > 599)
        {
            return null;
        }

        if (root.TryGetProperty("headers", out var headers) && headers.ValueKind == JsonValueKind.Object)
        {
            headers.EnumerateObject().ToList().ForEach(header => answer.With(header.Name, Text(header.Value)));
        }

        if (root.TryGetProperty("cookies", out var cookies) && cookies.ValueKind == JsonValueKind.Array)
        {
            cookies.EnumerateArray().ToList().ForEach(cookie => answer.With("Set-Cookie", Text(cookie)));
        }

        answer._body = ReadBody(root);
        return answer;
    }

    private static byte[] ReadBody(JsonElement root)
    {
        if (!root.TryGetProperty("body", out var body) || body.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        var isBase64 = root.TryGetProperty("isBase64Encoded", out var flag) && flag.ValueKind == JsonValueKind.True;
        return isBase64 ? body.GetBytesFromBase64() : Encoding.UTF8.GetBytes(Text(body));
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private ProxyResponse With(string name, string value)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(NameCharacters) || value.Any(char.IsControl))
        {
            throw new FormatException($"'{name}' is no header.");
        }

        // The server sets these headers itself.
        if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
            && !name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)
            && !name.Equals("Connection", StringComparison.OrdinalIgnoreCase))
        {
            _headers.Add(KeyValuePair.Create(name, value));
        }

        return this;
    }
}
