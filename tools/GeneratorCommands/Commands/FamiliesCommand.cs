using DataToEvents.Load.Records;
using Spectre.Console;

namespace DataToEvents.Generator.Commands;

internal static class FamiliesCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("families", "Lists the families of records and where each names its stream, id and time.");
        command.SetAction(_ => List(terminal.Screen));
        return command;
    }

    private static int List(IAnsiConsole screen)
    {
        var table = new Table { Border = TableBorder.None };
        table.AddColumns("family", "stream", "id", "time", "what");
        foreach (var family in RecordGenerator.Described)
        {
            var (stream, id, time) = family.Pointers;
            table.AddRow(new Text(family.Name), new Text(stream), new Text(id), new Text(time), new Text(family.Summary));
        }

        screen.Write(table);
        return ExitCode.Success;
    }
}
