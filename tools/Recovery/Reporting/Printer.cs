using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataToEvents.Commands;
using Spectre.Console;

namespace DataToEvents.Recovery.Reporting;

/// <summary>Says things at once to people, in tables at a terminal and in plain lines elsewhere; to machines as one JSON object at the end.</summary>
internal sealed class Printer(Terminal terminal, bool json)
{
    private const int Gap = 2;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonObject _root = [];

    public Terminal Terminal => terminal;

    public bool IsJson => json;

    /// <summary>For people only; machines find the facts in the members.</summary>
    public void Say(string line)
    {
        if (!json)
        {
            terminal.Output.WriteLine(line);
        }
    }

    /// <summary>For machines only.</summary>
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

    /// <summary>What machines have not got yet.</summary>
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

    /// <summary>Columns in line, nothing cut off: for files, pipes and tickets.</summary>
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
