using System.CommandLine;
using DataToEvents.Generator.Records;

namespace DataToEvents.Generator.Commands;

/// <summary>The options that decide what records are made.</summary>
internal sealed class RecordArguments
{
    private const string None = "none";
    private const string CloudEvents = "cloudevents";
    private const char Separator = ',';

    private readonly Option<string> _families = Arguments.Create(
        "--families", "Families that take turns, event by event", $"of {string.Join(Separator, RecordGenerator.AllFamilies)}, each once", CheckFamilies)
        .WithDefault(string.Join(Separator, RecordGenerator.AllFamilies));

    private readonly Option<string> _envelope = Arguments.OneOf("--envelope", "Wraps each event", None, CloudEvents).WithDefault(None);

    private readonly Option<long> _pack = Arguments.Whole("--pack", "Events in a record, one a line", 1, RecordOptions.MostEventsPerRecord).WithDefault(1);

    private readonly Option<long> _seed;

    /// <param name="defaultSeed">For who gives none.</param>
    /// <param name="aboutDefault">Where it comes from, for the help.</param>
    public RecordArguments(long defaultSeed, string aboutDefault)
    {
        _seed = Arguments.Whole("--seed", $"The same seed makes the same bytes; without one: {aboutDefault}", long.MinValue, long.MaxValue).WithDefault(defaultSeed);
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_families);
        command.Options.Add(_envelope);
        command.Options.Add(_pack);
        command.Options.Add(_seed);
    }

    public RecordOptions Read(ParseResult parsed) => new()
    {
        Seed = parsed.GetValue(_seed),
        Families = Split(parsed.GetRequiredValue(_families)),
        CloudEvents = parsed.GetValue(_envelope) == CloudEvents,
        EventsPerRecord = (int)parsed.GetValue(_pack),
    };

    private static (bool Valid, string Families) CheckFamilies(string text)
    {
        var families = Split(text);
        return (families.All(RecordGenerator.AllFamilies.Contains) && families.Distinct().Count() == families.Length, text);
    }

    private static string[] Split(string families) => families.Split(Separator, StringSplitOptions.TrimEntries);
}
