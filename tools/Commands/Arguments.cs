using System.CommandLine;
using System.CommandLine.Parsing;

namespace DataToEvents.Commands;

/// <summary>Options whose complaint says what was given and what is allowed.</summary>
public static class Arguments
{
    private static readonly TimeSpan MaxDuration = TimeSpan.FromDays(30);

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

    /// <summary>The same option, without a value when it is not given.</summary>
    public static Option<T?> Optional<T>(this Option<T> option)
        where T : struct => new(option.Name)
        {
            Description = option.Description,
            CustomParser = result => option.CustomParser!(result),
        };

    /// <summary>A number from 0 to 100; null when it is not given.</summary>
    public static Option<double?> Percent(string name, string description) => Create<double?>(name, description, "a number from 0 to 100", text =>
        (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= 100, percent));

    /// <summary>A number over 0; null when it is not given.</summary>
    public static Option<double?> Rate(string name, string description, double most) => Create<double?>(
        name, description, RateAllowed(most), text => (TryRate(text, most, out var rate), rate));

    /// <summary>The same for work that goes on at that rate; null, without a limit, for <c>max</c> and when it is not given.</summary>
    public static Option<double?> RateOrMax(string name, string description, double most) => Create<double?>(
        name, description, $"{RateAllowed(most)}, or max", text => text == "max" ? (true, null) : (TryRate(text, most, out var rate), rate));

    /// <summary>A time with its unit; null when it is not given.</summary>
    /// <param name="name">The option.</param>
    /// <param name="description">What it is for, and the time without it.</param>
    /// <param name="least">Null: any time over 0.</param>
    /// <param name="most">Null: 30 days.</param>
    /// <param name="orSeconds">Whether a number without a unit means seconds. Options that once took nothing else still take it.</param>
    public static Option<TimeSpan?> Duration(string name, string description, TimeSpan? least = null, TimeSpan? most = null, bool orSeconds = false)
    {
        var longest = most ?? MaxDuration;
        var allowed = $"a number and {Units.Times}{(orSeconds ? ", or seconds without a unit" : "")}; {(least is { } shortest ? $"from {Units.Text(shortest)}" : "over 0s")}, at most {Units.Text(longest)}";
        return Create<TimeSpan?>(name, description, allowed, text =>
            ((Units.TryTime(text, out var time) || (orSeconds && Units.TryTime($"{text}s", out time))) && (least is null ? time > TimeSpan.Zero : time >= least) && time <= longest, time));
    }

    /// <summary>A number of bytes, with a unit or without.</summary>
    public static Option<long> Size(string name, string description, long least, long most) => Create(
        name, description, FormattableString.Invariant($"a whole number from {least} to {most}, or a number and {Units.Sizes}"),
        text => ((Units.TrySize(text, out var bytes) || long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out bytes)) && bytes >= least && bytes <= most, bytes));

    public static Option<Uri?> Endpoint(string description) => Create<Uri?>("--endpoint-url", description, "an absolute http or https URL", text =>
        (Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps), uri));

    /// <summary>A name of AWS's: letters, digits and some more.</summary>
    /// <param name="name">The option.</param>
    /// <param name="description">What it names.</param>
    /// <param name="longest">Characters at most.</param>
    /// <param name="further">What it may hold besides letters and digits.</param>
    /// <param name="earlier">What the option was called before, which still works.</param>
    public static Option<string> Name(string name, string description, int longest, string further, params string[] earlier)
    {
        var option = Create(
            name, description, $"1 to {longest} letters, digits, {further}",
            text => (text.Length >= 1 && text.Length <= longest && text.All(c => char.IsAsciiLetterOrDigit(c) || further.Contains(c, StringComparison.Ordinal)), text));
        Array.ForEach(earlier, option.Aliases.Add);
        return option;
    }

    public static Option<string?> File(string name, string description) => Create<string?>(name, description, "a file that exists", text => (System.IO.File.Exists(text), text));

    private static string RateAllowed(double most) => FormattableString.Invariant($"a number over 0, at most {most}");

    private static bool TryRate(string text, double most, out double rate) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out rate) && rate > 0 && rate <= most;

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
