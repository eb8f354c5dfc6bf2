using System.CommandLine;
using System.Globalization;
using DataToEvents.Generator.Records;
using DataToEvents.Generator.Sending;

namespace DataToEvents.Generator.Commands;

/// <summary>The options of <c>send</c>.</summary>
internal sealed class SendArguments
{
    private const string Firehose = "firehose";
    private const double MaxRate = 1_000_000;

    private readonly Option<string> _target = Arguments.OneOf("--target", "Where to send", Firehose).WithDefault(Firehose);

    private readonly Option<Uri?> _endpoint = Arguments.Create<Uri?>(
        "--endpoint-url", "A local target instead of AWS", "an absolute http or https URL", ParseEndpoint);

    private readonly Option<string> _stream = Arguments.Create(
        "--delivery-stream-name", "The delivery stream", "1 to 64 letters, digits, '_', '.' or '-'", ParseStreamName).WithDefault("data-events-stream");

    private readonly Option<long> _count = Arguments.Whole("--count", "Records to send", 1, 1_000_000_000_000);

    private readonly Option<double?> _rate = Arguments.Create<double?>(
        "--rate", "Records a second, on a schedule that does not wait for the target; without it as fast as the target takes them",
        FormattableString.Invariant($"a number over 0, at most {MaxRate}"), ParseRate);

    private readonly Option<long> _concurrency = Arguments.Whole(
        "--concurrency", "Calls in flight; with more than one, batches may overtake each other", 1, 64).WithDefault(1);

    private readonly RecordArguments _records;

    /// <param name="command">The command that gets the options.</param>
    /// <param name="time">Makes the seed of a run that names none: it brings new events, not duplicates of the last run's.</param>
    public SendArguments(Command command, TimeProvider time)
    {
        _records = new RecordArguments(time.GetUtcNow().ToUnixTimeMilliseconds(), "a new one, which the summary names");
        _count.Required = true;
        foreach (var option in new Option[] { _target, _endpoint, _stream, _count, _rate, _concurrency })
        {
            command.Options.Add(option);
        }

        _records.AddTo(command);
    }

    public FirehoseTarget Target(ParseResult parsed) => new(parsed.GetValue(_endpoint), parsed.GetRequiredValue(_stream));

    public SendPlan Plan(ParseResult parsed) => new(parsed.GetValue(_count), parsed.GetValue(_rate), (int)parsed.GetValue(_concurrency));

    public RecordOptions Records(ParseResult parsed) => _records.Read(parsed);

    private static (bool, Uri?) ParseEndpoint(string text) =>
        (Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps), uri);

    private static (bool, string) ParseStreamName(string text) =>
        (text.Length is >= 1 and <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-'), text);

    private static (bool, double?) ParseRate(string text) =>
        (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate > 0 && rate <= MaxRate, rate);
}
