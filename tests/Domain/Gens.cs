using CsCheck;

namespace DataToEvents.Domain.Tests;

/// <summary>Generators of records.</summary>
internal static class Gens
{
    /// <summary>Numbers as text that a parser would round, pad or reformat.</summary>
    private static readonly Gen<string> Number = Gen.OneOf(
        Gen.OneOf("0", "-0", "1.0", "1e5", "1E+05", "0.10", "-0.0e-0", "1e400", "18446744073709551616", "-9223372036854775809", "123456789012345678901234567890.123456789012345678901234567890"),
        Gen.Long.Select(number => number.ToString(CultureInfo.InvariantCulture)),
        Gen.Select(Gen.String[Gen.Char['0', '9'], 0, 30], Gen.String[Gen.Char['0', '9'], 1, 30], (whole, fraction) => $"1{whole}.{fraction}"));

    private static readonly Gen<string> Character = Gen.Frequency(
        (8, Gen.Char[' ', '~'].Where(character => character is not ('"' or '\\')).Select(character => character.ToString())),
        (1, Gen.OneOf("\\n", "\\\"", "\\\\", "\\/", "\\u0000", "\\u00e9", "\\ud83d\\ude00", "\\ud800", "\\udc00x", "\\uFFFE")),
        (2, Gen.OneOf("é", "ß", "漢", "😀", "\u2028", "\ufeff", "\u007f")));

    private static readonly Gen<string> QuotedString = Character.Array[0, 12].Select(characters => $"\"{string.Concat(characters)}\"");

    /// <summary>One JSON text on one line without white space around it, with details that a parser would normalise.</summary>
    public static readonly Gen<string> Json = JsonWith(Gen.Frequency((6, Gen.Const("")), (1, Gen.OneOf(" ", "  ", "\t"))));

    /// <summary>JSON of several lines.</summary>
    public static readonly Gen<string> PrettyJson = JsonWith(Gen.OneOf("\n", "\r\n", "\n  ", " "));

    /// <summary>Text of all planes, without lone surrogates.</summary>
    public static readonly Gen<string> Unicode = Gen.Frequency((6, Gen.Int[0, 0x7F]), (2, Gen.Int[0x80, 0xD7FF]), (1, Gen.Int[0xE000, 0xFFFF]), (1, Gen.Int[0x10000, 0x10FFFF]), (1, Gen.Int[0xFFF0, 0xFFFF]))
        .Select(value => new Rune(value).ToString()).Array[0, 40].Select(string.Concat);

    /// <summary>Any bytes: noise, text, JSON, and JSON with a few bytes changed.</summary>
    public static readonly Gen<byte[]> Record = Gen.OneOf(
        Gen.Byte.Array[0, 60],
        Unicode.Select(Sample.Utf8),
        Json.Select(Sample.Utf8),
        PrettyJson.Select(Sample.Utf8),
        Mutated(Json.Select(Sample.Utf8)),
        Mutated(Gen.Const(() => Sample.Utf8(Sample.CloudEvent()))),
        Json.Array[0, 4].Select(lines => Sample.Utf8(string.Join('\n', lines))),
        Gen.String[Gen.Char["{}[]\",:\\ \n\r\tnul0-.eE"], 0, 40].Select(Sample.Utf8));

    /// <summary>The same with up to three bytes changed, and sometimes cut short.</summary>
    public static Gen<byte[]> Mutated(Gen<byte[]> source) => Gen.Select(source, Gen.Select(Gen.Int[0, 100_000], Gen.Byte).Array[0, 3], Gen.Int[0, 20], (bytes, edits, cut) =>
    {
        var result = bytes.ToArray();
        foreach (var (at, value) in edits)
        {
            result[at % result.Length] = value;
        }

        return cut > 17 ? result[..(result.Length / 2)] : result;
    });

    private static Gen<string> JsonWith(Gen<string> space) => Gen.Recursive<string>((depth, inner) =>
    {
        var scalar = Gen.OneOf(Number, QuotedString, Gen.OneOf("null", "true", "false"));
        return depth > 4 ? scalar : Gen.Frequency((2, scalar), (1, ArrayOf(inner, space)), (2, ObjectOf(inner, space)));
    });

    private static Gen<string> ArrayOf(Gen<string> inner, Gen<string> space) =>
        Gen.Select(inner.Array[0, 4], space, (items, gap) => $"[{gap}{string.Join("," + gap, items)}{gap}]");

    private static Gen<string> ObjectOf(Gen<string> inner, Gen<string> space)
    {
        var name = Gen.OneOf(Gen.OneOf("\"id\"", "\"type\"", "\"orderId\"", "\"specversion\"", "\"\""), QuotedString);
        return Gen.Select(Gen.Select(name, inner).Array[0, 4], space, (members, gap) =>
            $"{{{gap}{string.Join("," + gap, members.Select(member => $"{member.Item1}{gap}:{gap}{member.Item2}"))}{gap}}}");
    }
}
