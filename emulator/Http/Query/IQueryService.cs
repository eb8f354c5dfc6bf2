namespace DataToEvents.Emulator.Http.Query;

/// <summary>A service that also speaks AWS's Query protocol: forms in, XML out.</summary>
public interface IQueryService : IJsonService
{
    /// <summary>The names in its forms and its XML, for the members of its JSON.</summary>
    QueryForms Forms { get; }
}

/// <summary>How a service's Query protocol differs from its JSON.</summary>
/// <param name="Service">The service's name in signatures.</param>
/// <param name="Version">The version of the API, which each request names.</param>
/// <param name="Namespace">The namespace of its XML.</param>
public sealed record QueryForms(string Service, string Version, string Namespace)
{
    /// <summary>Lists and maps in a form, by the name before their numbers; of one operation by its name, a slash and that name.</summary>
    public IReadOnlyDictionary<string, QueryList> Lists { get; init; } = new Dictionary<string, QueryList>();

    /// <summary>Parameters that are numbers.</summary>
    public IReadOnlySet<string> Numbers { get; init; } = new HashSet<string>();

    /// <summary>The elements of lists and maps in responses, by the name that they have in the JSON. <c>*</c> in an element stands for the operation.</summary>
    public IReadOnlyDictionary<string, QueryList> Elements { get; init; } = new Dictionary<string, QueryList>();

    /// <summary>Messages of errors that are other than those of the JSON protocol, by their code.</summary>
    public IReadOnlyDictionary<string, string> Messages { get; init; } = new Dictionary<string, string>();

    /// <summary>The parameter for which the path of the request stands, if it has one; null: none.</summary>
    public string? PathParameter { get; init; }
}

/// <summary>A list or a map.</summary>
/// <param name="Name">Its name on the other side.</param>
/// <param name="Key">The name of a map's keys; null: it is a list.</param>
/// <param name="Value">The name of a map's values.</param>
public sealed record QueryList(string Name, string? Key = null, string Value = "Value");
