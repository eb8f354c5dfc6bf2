using DataToEvents.Domain.Catalog;

namespace DataToEvents.Fuzz.Tests.Targets;

/// <summary>A catalog. It is refused with a CatalogException, or any record can be read with it.</summary>
internal static class Catalogs
{
    private static readonly byte[][] Samples = Array.ConvertAll<string, byte[]>(
        [
            """{"orderId":"1","a":{"b":[1,{"c":null}]},"id":"x"}""", "[1,2,[3]]", "null", "\"text\"", """{"a":1,"a":{"a":{"a":2}}}""",
            """{"a":[{"b":"x","id":1767225600},{"B":"2026-01-01 00:00:00"}],"0":-1.5e3}""", """[{"a":1}]{"a":true},{"A":"x"}""", "\u001F\u008B\b",
        ],
        System.Text.Encoding.UTF8.GetBytes);

    public static IReadOnlyList<string> Words { get; } =
    [
        "\"source\"", "\"unclassified\"", "\"events\"", "\"type\"", "\"shards\"", "\"match\"", "\"pointer\"", "\"equals\"", "\"stream\"", "\"streamPrefix\"", "\"id\"", "\"time\"",
        "\"drop\"", "\"each\"", "\"unpack\"", "\"gzip\"", "\"ignoreCase\"", "\"exists\"", "\"in\"", "\"prefix\"", "\"not\"", "\"all\"", "\"any\"", "\"unit\"", "\"auto\"", "\"offset\"", "\"+01:00\"",
        "\"base\"", "\"array\"", "\"string\"", "\"parent:/a\"", "\"{/a}-{/b}\"", "{parent:/a}", "{{", "}}", "true", "\"/a\"", "\"/a/b/0\"", "\"/a~1b\"", "\"~\"", "/a", "/0", "\"\"", "{", "}", "[", "]", ":", ",",
    ];

    public static void Read(byte[] input)
    {
        EventCatalog catalog;
        try
        {
            catalog = EventCatalog.Parse(input);
        }
        catch (CatalogException)
        {
            return;
        }

        foreach (var sample in Samples)
        {
            RecordTarget.Read(sample, catalog);
        }
    }
}
