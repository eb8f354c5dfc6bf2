namespace DataToEvents.Emulator.DeliveryStreams;

/// <summary>
/// Firehose's prefix with its expressions <c>!{timestamp:FORMAT}</c> (UTC, the letters y M d H m s of Java's DateTimeFormatter)
/// and <c>!{firehose:error-output-type}</c>. To a prefix without a timestamp it appends <c>yyyy/MM/dd/HH/</c>, as Firehose does.
/// </summary>
public sealed class ObjectPrefix
{
    private const string Timestamp = "timestamp:";
    private const string ErrorOutputType = "firehose:error-output-type";

    private static readonly SearchValues<char> _formatCharacters = SearchValues.Create("yMdHms-/_.:= 0123456789");

    private readonly List<Func<DateTimeOffset, string>> _parts = [];

    /// <param name="expression">The prefix from a delivery stream's configuration.</param>
    /// <param name="errorOutputType">The value of the error expression; null where Firehose does not allow the expression.</param>
    /// <exception cref="ArgumentException">An expression is not closed or not known.</exception>
    public ObjectPrefix(string expression, string? errorOutputType = null)
    {
        ArgumentNullException.ThrowIfNull(expression);
        var isTimed = false;
        var rest = expression.AsSpan();
        for (var start = rest.IndexOf("!{"); start >= 0; start = rest.IndexOf("!{"))
        {
            AddText(rest[..start].ToString());
            var length = rest[start..].IndexOf('}');
            if (length < 0)
            {
                throw new ArgumentException($"The prefix '{expression}' has an expression without an end.", nameof(expression));
            }

            var inner = rest.Slice(start + 2, length - 2).ToString();
            isTimed |= inner.StartsWith(Timestamp, StringComparison.Ordinal);
            Add(inner, errorOutputType);
            rest = rest[(start + length + 1)..];
        }

        AddText(rest.ToString());
        if (!isTimed)
        {
            Add(Timestamp + "yyyy/MM/dd/HH", null);
            AddText("/");
        }
    }

    /// <param name="oldest">The arrival of the oldest record in the object.</param>
    public string At(DateTimeOffset oldest)
    {
        var prefix = new StringBuilder();
        _parts.ForEach(part => prefix.Append(part(oldest.ToUniversalTime())));
        return prefix.ToString();
    }

    private void AddText(string text) => _parts.Add(_ => text);

    private void Add(string expression, string? errorOutputType)
    {
        if (expression == ErrorOutputType && errorOutputType is not null)
        {
            AddText(errorOutputType);
            return;
        }

        var format = expression.StartsWith(Timestamp, StringComparison.Ordinal) ? expression[Timestamp.Length..] : "";
        if (format.Length == 0 || format.AsSpan().ContainsAnyExcept(_formatCharacters))
        {
            throw new ArgumentException($"The prefix expression '!{{{expression}}}' is not supported.", nameof(expression));
        }

        // Without the percent sign, .NET would read a single letter as the name of a standard format.
        var custom = format.Length == 1 ? "%" + format : format;
        _parts.Add(time => time.ToString(custom, CultureInfo.InvariantCulture));
    }
}
