using System.Net.Mime;

namespace DataToEvents.Domain.Envelope;

/// <summary>The forms that CloudEvents 1.0 asks of attributes' names and values.</summary>
internal static class CloudEventRules
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>Lower-case letters and digits; <c>data_base64</c> is the JSON format's own member.</summary>
    public static bool IsName(string name) => name == "data_base64" || (name.Length > 0 && !name.AsSpan().ContainsAnyExcept(NameCharacters));

    public static bool IsReference(string text) => text.Length > 0 && Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _);

    /// <summary>Whether the text begins with a scheme. The check is needed because .NET takes a path for the URI of a file.</summary>
    public static bool IsUri(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && text.StartsWith($"{uri.Scheme}:", StringComparison.OrdinalIgnoreCase);

    /// <summary>RFC 2046: a type, a subtype, and parameters.</summary>
    public static bool IsMediaType(string text)
    {
        if (text is Payload.JsonType or Payload.TextType or Payload.BinaryType)
        {
            return true;
        }

        try
        {
            return new ContentType(text).MediaType.Length > 0;
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException)
        {
            return false;
        }
    }
}
