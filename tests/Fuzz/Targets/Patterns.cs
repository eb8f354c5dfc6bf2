using DataToEvents.Emulator.Buses.Patterns;

namespace DataToEvents.Fuzz.Tests.Targets;

/// <summary>An event pattern. It is refused with a ServiceException, or any event can be matched with it.</summary>
internal static class Patterns
{
    private static readonly JsonDocument[] Events = Array.ConvertAll(
        [
            """{"source":"datatoevents.insert","detail-type":"DataInserted","detail":{"a":[1,"aaaa",null,{"b":true}],"n":1e3,"s":"José","deep":{"deep":{"deep":{}}}}}""",
            """{"source":"LONG","detail":{}}""".Replace("LONG", new string('a', 4_000), StringComparison.Ordinal),
            """{"source":null,"detail-type":[],"detail":[]}""",
        ],
        static (string json) => JsonDocument.Parse(json));

    public static IReadOnlyList<string> Words { get; } =
    [
        "\"source\"", "\"detail\"", "\"detail-type\"", "\"prefix\"", "\"suffix\"", "\"anything-but\"", "\"exists\"", "\"numeric\"", "\"equals-ignore-case\"", "\"wildcard\"", "\"cidr\"",
        "\"$or\"", "\"<\"", "\">=\"", "\"=\"", "\"*\"", "\"*a*a*a*b\"", "*", "{", "}", "[", "]", ":", ",",
    ];

    public static void Read(byte[] input)
    {
        EventPattern pattern;
        try
        {
            pattern = EventPattern.Parse(Encoding.UTF8.GetString(input));
        }
        catch (ServiceException)
        {
            return;
        }

        foreach (var item in Events)
        {
            pattern.Matches(item.RootElement);
        }

        pattern.LooksAt("detail");
    }
}
