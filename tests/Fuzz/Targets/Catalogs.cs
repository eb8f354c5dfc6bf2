using DataToEvents.Domain.Catalog;

namespace DataToEvents.Fuzz.Tests.Targets;

/// <summary>A catalog. It is refused with a CatalogException, or any record can be read with it.</summary>
internal static class Catalogs
{
    private static readonly byte[][] Samples = Array.ConvertAll<string, byte[]>(
        [
            """{"orderId":"1","a":{"b":[1,{"c":null}]},"id":"x"}""", "[1,2,[3]]", "null", "\"text\"", """{"a":1,"a":{"a":{"a":2}}}""",
            """{"a":[{"b":"x","id":1767225600},{"B":"2026-01-01 00:00:00"}],"0":-1.5e3}""", """[{"a":1}]{"a":true},{"A":"x"}""", "\u001F\u008B\b",
            """{"specversion":"1.0","id":"1","source":"/a","type":"a","subject":"s","data":{"a":{"b":1,"c":"secret-1234"}}}""", """[{"specversion":"1.0","id":"1","source":"/a","type":"a","data_base64":"eyJhIjoxfQ=="}]""",
        ],
        System.Text.Encoding.UTF8.GetBytes);

    /// <summary>Members of a catalog by which bytes of a record are meant not to be there any more.</summary>
    private static readonly string[] Losing = ["mask", "drop", "each", "\\"];

    private static readonly MaskKey Key = MaskKey.Parse("a key for the fuzzer");

    public static IReadOnlyList<string> Words { get; } =
    [
        "\"source\"", "\"unclassified\"", "\"events\"", "\"type\"", "\"shards\"", "\"match\"", "\"pointer\"", "\"equals\"", "\"stream\"", "\"streamPrefix\"", "\"sequence\"", "\"id\"", "\"time\"",
        "\"drop\"", "\"each\"", "\"unpack\"", "\"gzip\"", "\"ignoreCase\"", "\"exists\"", "\"in\"", "\"prefix\"", "\"not\"", "\"all\"", "\"any\"", "\"unit\"", "\"auto\"", "\"offset\"", "\"+01:00\"",
        "\"base\"", "\"cloudEvents\"", "\"volatile\"", "\"conflict\"", "\"first\"", "\"mask\"", "\"how\"", "\"remove\"", "\"hash\"", "\"last4\"", "\"schema\"", "\"invalid\"", "\"array\"", "\"string\"", "\"parent:/a\"", "\"{/a}-{/b}\"", "{parent:/a}", "{{", "}}", "true", "\"/a\"", "\"/a/b/0\"", "\"/a~1b\"", "\"~\"", "/a", "/0", "\"\"", "{", "}", "[", "]", ":", ",",
    ];

    public static void Read(byte[] input)
    {
        EventCatalog catalog;
        try
        {
            catalog = EventCatalog.Parse(input, () => Key);
        }
        catch (CatalogException)
        {
            return;
        }

        var keepsAll = !Array.Exists(Losing, word => input.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(word)) >= 0);
        foreach (var sample in Samples)
        {
            RecordTarget.Read(sample, catalog);
            BrokenPromiseException.Unless(!keepsAll || RecordTarget.KeepsBytes(sample, catalog), "a catalog that drops and masks nothing keeps all bytes");
        }
    }
}
