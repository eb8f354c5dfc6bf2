namespace DataToEvents.Load.Records;

/// <summary>
/// A text in two spellings: escaped by the writer, and literal for writers that leave non-ASCII characters as they are. The second exists because every
/// encoder of System.Text.Json escapes characters outside the BMP, and emoji have to be sent unescaped too.
/// </summary>
public sealed class Word(string text)
{
    public string Text { get; } = text;

    public byte[] Literal { get; } = Quote(text);

    /// <summary>Literally, with an x for each character outside ASCII.</summary>
    public byte[] Ascii { get; } = Quote(string.Concat(text.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : "x")));

    public static implicit operator Word(string text) => new(text);

    private static byte[] Quote(string text) => Encoding.UTF8.GetBytes(
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"");
}

public sealed record Locality(Word City, string Country, byte[] Position);

/// <summary>Names of people and places, and notes. Most have characters outside ASCII, some outside the BMP, and some have combining characters.</summary>
public static class Words
{
    public static readonly Word[] People =
    [
        "José Álvarez", "Zoë Müller", "張偉", "Łukasz Żółtowski", "Ana-María Núñez", "Søren Ågård", "Нина Петрова", "ليلى حداد",
        "山田 太郎", "Siobhán O'Connor", "Nguyễn Thị Hà", "Rene\u0301e Lefe\u0300vre", "Özgür Çelik", "김민준", "Mary Baker", "Tom \"Ace\" Hill",
    ];

    public static readonly Locality[] Places =
    [
        new("Zürich", "CH", "[ 8.5170, 47.3900, 408.0 ]"u8.ToArray()), new("Kraków", "PL", "[19.9450,50.0647,2.19e2]"u8.ToArray()),
        new("São Paulo", "BR", "[-46.6330,-23.5500,760.00]"u8.ToArray()), new("Malmö", "SE", "[13.0, 55.60, 12]"u8.ToArray()),
        new("東京", "JP", "[139.6917,35.6895,4E+1]"u8.ToArray()), new("Boston", "US", "[-71.0570,42.3601]"u8.ToArray()),
        new("Αθήνα", "GR", "[ 23.7275,37.9838 ]"u8.ToArray()), new("İzmir", "TR", "[27.1428,38.4237,2.0]"u8.ToArray()),
    ];

    public static readonly Word[] Streets = ["Hauptstraße 12", "Calle de Alcalá 7", "ul. Świętojańska 3/4", "Rue de l'Église 21", "Kungsgatan 44", "12 High Street", "長安街 1號"];

    public static readonly Word[] Notes = ["Bitte beim Nachbarn abgeben 🙂", "Leave it \"behind the gate\"\nand ring twice", "プレゼント 🎁", "C:\\tmp\\order", "👩🏽‍🚀 & 👨‍👩‍👧", "déjà vu"];

    public static readonly Word[] Products = ["Crème brûlée torch", "Kettle 1.7 l", "Smörgås knife", "Müsli 750 g", "ノート A5", "USB-C cable", "Jalapeño seeds", "Łyżka"];

    public static readonly Word[] Warehouses = ["Łódź Południe", "Göteborg Hamn", "Saint-Étienne", "Reno NV", "大阪 北"];

    public static void WriteWord(this Utf8JsonWriter json, ReadOnlySpan<byte> name, Word? word)
    {
        json.WritePropertyName(name);
        if (word is null)
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteWordValue(word);
        }
    }

    public static void WriteWordValue(this Utf8JsonWriter json, Word word)
    {
        if (json.Options.Encoder == Scratch.Literal)
        {
            json.WriteRawValue(word.Literal, skipInputValidation: true);
        }
        else if (json.Options.Encoder == Scratch.AsciiOnly)
        {
            json.WriteRawValue(word.Ascii, skipInputValidation: true);
        }
        else
        {
            json.WriteStringValue(word.Text);
        }
    }
}
