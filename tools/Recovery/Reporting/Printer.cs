namespace DataToEvents.Recovery.Reporting;

/// <summary>Prints a command's answer: for people at once, as tables on a terminal and as plain lines elsewhere; for machines as one JSON object at the end.</summary>
internal sealed class Printer(Terminal terminal, bool json)
{
    private const int Gap = 2;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonObject _root = [];

    public Terminal Terminal => terminal;

    public bool IsJson => json;

    /// <summary>Prints a line for people. Machines find the same facts in the JSON members.</summary>
    public void Say(string line)
    {
        if (!json)
        {
            terminal.Output.WriteLine(line);
        }
    }

    /// <summary>Sets a member of the JSON object, for machines.</summary>
    public void Set(string name, object? value) => _root[name] = Cells.Json(value);

    public void Show(Listing listing, string whenEmpty)
    {
        _root[listing.Name] = listing.ToJson();
        if (json)
        {
            return;
        }

        if (listing.Rows.Count == 0)
        {
            Say(whenEmpty);
        }
        else if (terminal.IsInteractive)
        {
            ShowTable(listing);
        }
        else
        {
            ShowLines(listing);
        }
    }

    /// <summary>Prints the JSON object.</summary>
    public void Flush()
    {
        if (_root.Count > 0 && json)
        {
            terminal.Output.WriteLine(_root.ToJsonString(Relaxed));
            _root.Clear();
        }
    }

    private void ShowTable(Listing listing)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns(listing.Columns);
        foreach (var row in listing.Rows)
        {
            table.AddRow(row.Select(cell => new Text(Cells.Text(cell))));
        }

        terminal.Screen.Write(table);
    }

    /// <summary>Aligns the columns and cuts nothing off: for files, pipes and tickets.</summary>
    private void ShowLines(Listing listing)
    {
        var rows = listing.Rows.Select(row => row.Select(Cells.Text).ToArray()).Prepend(listing.Columns).ToArray();
        var widths = listing.Columns.Select((_, column) => rows.Max(row => row[column].Length) + Gap).ToArray();
        foreach (var row in rows)
        {
            terminal.Output.WriteLine(string.Concat(row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }
}
