using Spectre.Console;

namespace DataToEvents.Local.Reporting;

/// <summary>Writes what a person reads. With a summary for machines, everything else goes to standard error.</summary>
internal sealed class Screen(bool summaryAsJson)
{
    private readonly TextWriter _notes = summaryAsJson ? Console.Error : Console.Out;

    public void Say(string line) => _notes.WriteLine(line);

    public void Status(PathCounts counts, long setAside, TimeSpan sinceStart) => _notes.WriteLine(StatusLine(counts, setAside, sinceStart));

    /// <summary>One line that fits 80 columns, whatever the numbers are.</summary>
    public static string StatusLine(PathCounts counts, long setAside, TimeSpan sinceStart) => string.Create(
        CultureInfo.InvariantCulture,
        $"{sinceStart:hh\\:mm\\:ss}  accepted {Short(counts.Accepted)}  delivered {Short(counts.Delivered)}  under way {Short(counts.Pending)}  set aside {Short(setAside)}");

    /// <summary>Six characters at most.</summary>
    private static string Short(long number) => number switch
    {
        < 100_000 => number.ToString("N0", CultureInfo.InvariantCulture),
        < 10_000_000 => string.Create(CultureInfo.InvariantCulture, $"{number / 1_000:N0}K"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{number / 1_000_000:N0}M"),
    };

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
