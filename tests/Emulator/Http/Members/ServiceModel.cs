namespace DataToEvents.Emulator.Tests.Http.Members;

/// <summary>What a service of AWS takes, by its service model: read from <c>service-models.txt</c>, which <c>renew.py</c> writes.</summary>
internal sealed class ServiceModel
{
    private readonly Dictionary<string, string[]> _structures = [];
    private readonly Dictionary<string, string[]> _enums = [];
    private readonly SortedDictionary<string, ModelOperation> _operations = new(StringComparer.Ordinal);

    private ServiceModel(string name) => Name = name;

    public string Name { get; }

    public IReadOnlyDictionary<string, ModelOperation> Operations => _operations;

    /// <summary>The models of all services, by their names in botocore.</summary>
    public static IReadOnlyDictionary<string, ServiceModel> All { get; } = Read(File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Http", "Members", "service-models.txt")));

    /// <summary>The members of an operation's input, or of a structure in it.</summary>
    public IEnumerable<ModelMember> Members(string? structure) => structure is null ? [] : _structures[structure].Select(ModelMember.Read);

    public ModelType TypeOf(string type) => type[0] switch
    {
        '[' => new ModelType(ModelKind.List) { Element = type[1..^1] },
        '{' => new ModelType(ModelKind.Map) { Element = type[1..^1] },
        _ when _structures.ContainsKey(type) => new ModelType(ModelKind.Structure) { Element = type },
        _ when _enums.TryGetValue(type, out var values) => new ModelType(ModelKind.Text) { Values = values },
        _ => new ModelType(type switch
        {
            "string" or "blob" => ModelKind.Text,
            "boolean" => ModelKind.Flag,
            "integer" or "long" or "double" or "float" => ModelKind.Number,
            "timestamp" => ModelKind.Time,
            _ => throw new InvalidDataException($"{type} is no type of the service models."),
        }),
    };

    private static Dictionary<string, ServiceModel> Read(IEnumerable<string> lines)
    {
        var services = new Dictionary<string, ServiceModel>();
        foreach (var words in lines.Where(static line => line[0] != '#').Select(static line => line.Split(' ')))
        {
            if (words[0] == "service")
            {
                services.Add(words[1], new ServiceModel(words[1]));
                continue;
            }

            services.Values.Last().Add(words);
        }

        return services;
    }

    private void Add(string[] words)
    {
        switch (words[0])
        {
            case "operation":
                var input = words.ElementAtOrDefault(2) is { } second && !IsMethod(second) ? second : null;
                var rest = words[(input is null ? 2 : 3)..];
                _operations.Add(words[1], new ModelOperation(words[1], input, rest.ElementAtOrDefault(0), rest.ElementAtOrDefault(1)));
                break;
            case "structure":
                _structures.Add(words[1], words[2..]);
                break;
            default:
                _enums.Add(words[1], words[2..]);
                break;
        }
    }

    private static bool IsMethod(string word) => word is "GET" or "PUT" or "POST" or "DELETE" or "HEAD" or "PATCH";
}

/// <param name="Name">The operation's name.</param>
/// <param name="Input">The name of the structure that it takes; null: none.</param>
/// <param name="Method">The HTTP method, if the service speaks REST.</param>
/// <param name="Uri">The path with members in braces, and its fixed query, if the service speaks REST.</param>
internal sealed record ModelOperation(string Name, string? Input, string? Method, string? Uri);

internal sealed record ModelMember(string Name, bool IsRequired, string Type)
{
    /// <summary>Where it stands in a REST request: uri, header, headers, querystring, payload; element for another name in the XML; null: in the body.</summary>
    public string? Place { get; private init; }

    /// <summary>Its name at that place.</summary>
    public string PlaceName { get; private init; } = Name;

    public static ModelMember Read(string word)
    {
        var (text, place) = word.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? (word[..at], word[(at + 1)..].Split('=', 2)) : (word, []);
        var end = text.IndexOfAny([':', '!']);
        var member = new ModelMember(text[..end], text[end] == '!', text[(end + 1)..]);
        return member with { Place = place.ElementAtOrDefault(0), PlaceName = place.ElementAtOrDefault(1) ?? member.Name };
    }
}

internal enum ModelKind
{
    Text,
    Number,
    Flag,
    Time,
    List,
    Map,
    Structure,
}

internal sealed record ModelType(ModelKind Kind)
{
    /// <summary>The type of a list's elements or a map's values; the name of a structure.</summary>
    public string Element { get; init; } = "";

    /// <summary>The values of an enum; empty: any text.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];
}
