using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace DataToEvents.Generator.Commands;

/// <summary>Options whose complaint says what was given and what is allowed.</summary>
internal static class Arguments
{
    public static Option<T> Create<T>(string name, string description, string allowed, Func<string, (bool Valid, T Value)> parse) => new(name)
    {
        Description = $"{description} ({allowed})",
        CustomParser = result => Parse(result, name, allowed, parse),
    };

    public static Option<T> WithDefault<T>(this Option<T> option, T value)
    {
        option.DefaultValueFactory = _ => value;
        return option;
    }

    public static Option<long> Whole(string name, string description, long least, long most) => Create(
        name, description, (least, most) == (long.MinValue, long.MaxValue) ? "a whole number" : FormattableString.Invariant($"a whole number from {least} to {most}"),
        text => (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most, value));

    public static Option<string> OneOf(string name, string description, params string[] allowed) => Create(
        name, description, string.Join(" or ", allowed), text => (allowed.Contains(text), text));

    private static T? Parse<T>(ArgumentResult result, string name, string allowed, Func<string, (bool Valid, T Value)> parse)
    {
        // The arity of an option with one value sees to it that there is exactly one token.
        var text = result.Tokens[0].Value;
        var (valid, value) = parse(text);
        if (!valid)
        {
            result.AddError($"{name} '{text}' is not allowed; allowed: {allowed}.");
        }

        return value;
    }
}
