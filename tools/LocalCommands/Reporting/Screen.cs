using Spectre.Console;

namespace DataToEvents.Local.Reporting;

/// <summary>Writes what a person reads. With a summary for machines, everything else goes to standard error.</summary>
internal sealed class Screen(bool summaryAsJson)
{
    private readonly TextWriter _notes = summaryAsJson ? Console.Error : Console.Out;

    public void Say(string line) => _notes.WriteLine(line);

    public void Status(PathCounts counts, TimeSpan sinceStart)
    {
        var failed = counts.Failed.Total + counts.Conflicts;
        _notes.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{sinceStart:hh\\:mm\\:ss}  accepted {counts.Accepted:N0}  delivered {counts.Delivered:N0}  under way {counts.Pending:N0}  were set aside {failed:N0}"));
    }

    public void Final(Summary summary)
    {
        if (summary.Advice is { } advice)
        {
            Say(advice);
        }

        if (summaryAsJson)
        {
            Console.Out.WriteLine(summary.ToJson());
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumn("").AddColumn(new TableColumn("").RightAligned()).HideHeaders();
        foreach (var (name, value) in summary.Rows())
        {
            table.AddRow(name, value);
        }

        AnsiConsole.Write(table);
    }
}
