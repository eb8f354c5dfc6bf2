using DataToEvents.Load.Records;

namespace DataToEvents.Generator.Commands;

internal static class PreviewCommand
{
    public static Command Create(Terminal terminal)
    {
        var count = Arguments.Whole("--count", "Records to print", 1, long.MaxValue).WithDefault(RecordGenerator.AllFamilies.Count);
        var records = new RecordArguments(defaultSeed: 1, aboutDefault: "1");
        var command = new Command("preview", "Prints records, one a line, exactly as `send` would send them.") { count };
        records.AddTo(command);
        command.SetAction((parsed, stopping) => records.Complaint(parsed) is { } complaint
            ? terminal.RefuseAsync(complaint)
            : PrintAsync(new RecordGenerator(records.Read(parsed)), parsed.GetValue(count), terminal.Bytes, stopping));
        return command;
    }

    private static async Task<int> PrintAsync(RecordGenerator generator, long count, Stream output, CancellationToken stopping)
    {
        await using var buffered = new BufferedStream(output, 64 * 1024);
        for (var i = 0L; i < count && !stopping.IsCancellationRequested; i++)
        {
            buffered.Write(generator.Record(i).Span);
            buffered.WriteByte((byte)'\n');
        }

        return ExitCode.Success;
    }
}
