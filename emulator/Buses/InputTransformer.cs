namespace DataToEvents.Emulator.Buses;

/// <summary>A target's InputTransformer: a template with placeholders (<c>&lt;name&gt;</c>) for parts of the event.</summary>
/// <param name="paths">The paths of the placeholders, by their names.</param>
/// <param name="template">JSON, or texts in quotation marks with a line for each.</param>
internal sealed partial class InputTransformer(IReadOnlyDictionary<string, string> paths, string template)
{
    private const string RuleArn = "aws.events.rule-arn";
    private const string RuleName = "aws.events.rule-name";
    private const string IngestionTime = "aws.events.event.ingestion-time";
    private const string EventJson = "aws.events.event.json";

    /// <summary>The event without its detail.</summary>
    private const string Event = "aws.events.event";

    private static readonly (string Name, string Told)[] MembersOfEvent =
        [("id", "id"), ("account", "account"), ("detail-type", "detailType"), ("time", "time"), ("source", "source"), ("region", "region"), ("resources", "resources"), ("version", "version")];

    private static readonly string[] Reserved = [RuleArn, RuleName, IngestionTime, EventJson, Event];

    /// <summary>The placeholders of the template that have no path.</summary>
    public IEnumerable<string> Undefined => Placeholder().Matches(template).Select(static match => match.Groups[1].Value).Where(name => !paths.ContainsKey(name) && !Reserved.Contains(name));

    /// <summary>Whether the template is JSON, or has JSON texts only, whatever the values of its placeholders are.</summary>
    public bool IsValid
    {
        get
        {
            var filled = Fill(static (_, isQuoted) => isQuoted ? "" : "null");
            return IsJson(filled) || filled.Split('\n').All(static line => line.Trim() is ['"', .., '"'] text && IsJson(text));
        }
    }

    /// <returns>What the target gets.</returns>
    /// <param name="json">The event.</param>
    /// <param name="rule">The name of the rule.</param>
    /// <param name="ruleArn">The ARN of the rule.</param>
    /// <param name="ingested">When the bus took the event.</param>
    public byte[] Apply(ReadOnlyMemory<byte> json, string rule, string ruleArn, DateTimeOffset ingested)
    {
        using var document = JsonDocument.Parse(json);
        var item = document.RootElement;
        return Encoding.UTF8.GetBytes(Fill((name, isQuoted) => Text(Value(name), isQuoted)));

        JsonElement? Value(string name) => paths.TryGetValue(name, out var path) ? InputPaths.Find(path, item) : name switch
        {
            RuleArn => Element(ruleArn),
            RuleName => Element(rule),
            IngestionTime => Element(ingested.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            EventJson => item,
            Event => WithoutDetail(item),
            _ => null,
        };
    }

    /// <summary>Replaces the placeholders. One in quotation marks is a part of a text.</summary>
    private string Fill(Func<string, bool, string> value)
    {
        var filled = new StringBuilder();
        var (isQuoted, at) = (false, 0);
        foreach (var match in Placeholder().Matches(template).AsEnumerable())
        {
            isQuoted = Copy(filled, template.AsSpan(at, match.Index - at), isQuoted);
            filled.Append(value(match.Groups[1].Value, isQuoted));
            at = match.Index + match.Length;
        }

        Copy(filled, template.AsSpan(at), isQuoted);
        return filled.ToString();
    }

    /// <returns>Whether a text in quotation marks is open at the end.</returns>
    private static bool Copy(StringBuilder filled, ReadOnlySpan<char> text, bool isQuoted)
    {
        for (var i = 0; i < text.Length; i++)
        {
            isQuoted ^= text[i] == '"' && (i == 0 || text[i - 1] != '\\');
        }

        filled.Append(text);
        return isQuoted;
    }

    // Recorded on AWS: in a text an object has no quotation marks, and what is not there is empty; elsewhere it is an empty text.
    private static string Text(JsonElement? value, bool isQuoted) => value is not { } element ? isQuoted ? "" : "\"\""
        : !isQuoted ? Compact(element)
        : element.ValueKind == JsonValueKind.String ? JsonEncodedText.Encode(element.GetString()!, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString()
        : Compact(element).Replace("\"", "", StringComparison.Ordinal);

    /// <summary>The event without its detail, with the names that AWS gives its members there.</summary>
    private static JsonElement WithoutDetail(JsonElement item)
    {
        var parts = MembersOfEvent.Where(member => item.TryGetProperty(member.Name, out _)).Select(member => $"\"{member.Told}\":{item.GetProperty(member.Name).GetRawText()}");
        return JsonElement.Parse($"{{{string.Join(',', parts)}}}");
    }

    private static JsonElement Element(string text) => JsonElement.Parse($"\"{JsonEncodedText.Encode(text)}\"");

    private static string Compact(JsonElement value)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        value.WriteTo(json);
        json.Flush();
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static bool IsJson(string text)
    {
        try
        {
            JsonDocument.Parse(text).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex("<([A-Za-z0-9_.-]+)>")]
    private static partial Regex Placeholder();
}
