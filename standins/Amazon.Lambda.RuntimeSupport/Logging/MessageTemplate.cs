using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Amazon.Lambda.RuntimeSupport.Logging;

/// <summary>A message with arguments by name, <c>Stored {count:N0} of {total}</c>, or by position, <c>{0}</c>; doubled braces mean themselves.</summary>
internal sealed class MessageTemplate
{
    /// <summary>Messages with their values already in them would fill the memory.</summary>
    private const int MostCached = 1024;

    private static readonly ConcurrentDictionary<string, MessageTemplate> Cache = new();

    private readonly string _text;
    private readonly List<Part> _parts = [];
    private readonly bool _positional;

    private MessageTemplate(string text)
    {
        _text = text;
        var plain = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            var close = text[at] == '{' ? text.IndexOf('}', at) : -1;
            if (text[at] is '{' or '}' && at + 1 < text.Length && text[at + 1] == text[at])
            {
                plain.Append(text[at++]);
            }
            else if (close > at + 1)
            {
                _parts.Add(Part.Plain(plain.ToString()));
                _parts.Add(Part.Hole(text[(at + 1)..close]));
                plain.Clear();
                at = close;
            }
            else
            {
                plain.Append(text[at]);
            }
        }

        _parts.Add(Part.Plain(plain.ToString()));
        _positional = _parts.TrueForAll(part => part.Name is null || int.TryParse(part.Name, NumberStyles.None, CultureInfo.InvariantCulture, out _));
    }

    public static MessageTemplate Parse(string text)
    {
        if (Cache.TryGetValue(text, out var known))
        {
            return known;
        }

        var template = new MessageTemplate(text);
        if (Cache.Count < MostCached)
        {
            Cache.TryAdd(text, template);
        }

        return template;
    }

    public static string TextOf(object value, string format) => value switch
    {
        null => "",
        DateTime or DateTimeOffset when format is null => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(format, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>The message with its arguments in place, and those that are not null by name. Without arguments the text stands as it is.</summary>
    public string Render(object[] args, out IReadOnlyList<KeyValuePair<string, object>> properties)
    {
        properties = [];
        if (args.Length == 0)
        {
            return _text;
        }

        var message = new StringBuilder(_text.Length + 16);
        var named = new List<KeyValuePair<string, object>>();
        var next = 0;
        foreach (var part in _parts)
        {
            if (part.Name is null)
            {
                message.Append(part.Text);
                continue;
            }

            var index = _positional ? int.Parse(part.Name, CultureInfo.InvariantCulture) : next++;
            if (index >= args.Length)
            {
                message.Append(part.Text);
                continue;
            }

            message.Append(TextOf(args[index], part.Format));
            if (args[index] is not null && !named.Exists(property => property.Key == part.Name))
            {
                named.Add(new(part.Name, args[index]));
            }
        }

        properties = named;
        return message.ToString();
    }

    /// <summary>Plain text, or a hole with its name and format; a hole without an argument shows its text.</summary>
    private readonly record struct Part(string Text, string Name, string Format)
    {
        public static Part Plain(string text) => new(text, null, null);

        public static Part Hole(string inside)
        {
            var colon = inside.IndexOf(':', StringComparison.Ordinal);
            var name = (colon < 0 ? inside : inside[..colon]).Trim('@', ' ');
            return new($"{{{inside}}}", name, colon < 0 ? null : inside[(colon + 1)..]);
        }
    }
}
