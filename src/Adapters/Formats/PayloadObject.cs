namespace DataToEvents.Adapters.Formats;

/// <summary>
/// The object that holds a payload which is too big for its envelope: <c>payloads/&lt;first two hex digits&gt;/&lt;name&gt;</c>, see <see cref="PayloadName"/>.
/// </summary>
public static class PayloadObject
{
    public const string Prefix = "payloads/";

    public static string Key(ReadOnlySpan<byte> payload) => KeyOf(PayloadName.Of(payload));

    /// <param name="name">A valid <see cref="PayloadName"/>.</param>
    public static string KeyOf(string name) => $"{Prefix}{name[..2]}/{name}";
}
