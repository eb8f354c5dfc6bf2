namespace DataToEvents.Emulator.Lambda;

/// <summary>Reads an error that a runtime reports: <c>{"errorType":…,"errorMessage":…,"stackTrace":[…]}</c>.</summary>
internal static class RuntimeError
{
    /// <param name="body">The report. It may be any bytes, because a broken runtime may not send JSON.</param>
    /// <param name="headerType">The error type in the request's header, for a body without one.</param>
    public static FunctionError Read(ReadOnlySpan<byte> body, string? headerType)
    {
        string? type = null, message = null;
        try
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
                {
                    var isType = reader.ValueTextEquals("errorType"u8);
                    var isMessage = reader.ValueTextEquals("errorMessage"u8);
                    reader.Read();
                    var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                    (type, message) = (isType ? text : type, isMessage ? text : message);
                }
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            message ??= Encoding.UTF8.GetString(body);
        }

        return new FunctionError(type ?? headerType ?? "Unhandled", message ?? "");
    }
}
