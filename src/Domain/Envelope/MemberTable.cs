using DataToEvents.Domain.Json;

namespace DataToEvents.Domain.Envelope;

/// <summary>A member of a CloudEvent: where its value lies, and its text if it is an attribute that has one.</summary>
internal readonly record struct Member(JsonSlice Value, string? Text = null)
{
    public bool Exists => Value.Exists;
}

/// <summary>Members by name. An envelope is read at every hop: the names that it mostly has cost neither a string nor a place in a dictionary.</summary>
internal sealed class MemberTable
{
    private static readonly string[] Common =
    [
        "specversion", "id", "source", "type", "subject", "time", "datacontenttype", ExtensionNames.AcceptedTime, "traceparent", "data",
        ExtensionNames.Sequence, "data_base64", "dataref", "dataschema", ExtensionNames.Replay,
    ];

    private readonly Member[] _common = new Member[Common.Length];
    private Dictionary<string, Member>? _others;

    /// <summary>The member, or the default if there is none. Setting the default removes the member.</summary>
    public Member this[string name]
    {
        get => Place(name) is >= 0 and var place ? _common[place] : _others?.GetValueOrDefault(name) ?? default;
        set
        {
            if (Place(name) is >= 0 and var place)
            {
                _common[place] = value;
            }
            else
            {
                (_others ??= [])[name] = value;
            }
        }
    }

    /// <summary>The members that the envelope has.</summary>
    public IEnumerable<(string Name, Member Member)> All() => Common.Zip(_common)
        .Concat((_others ?? []).Select(static other => (other.Key, other.Value)))
        .Where(static entry => entry.Item2.Exists);

    /// <summary>The name at the reader.</summary>
    public static string NameAt(ref Utf8JsonReader reader)
    {
        foreach (var name in Common)
        {
            if (reader.ValueTextEquals(name))
            {
                return name;
            }
        }

        return reader.GetString()!;
    }

    // Array.IndexOf compares by way of EqualityComparer, which a native binary looks up at each call.
    private static int Place(string name)
    {
        for (var place = 0; place < Common.Length; place++)
        {
            if (Common[place] == name)
            {
                return place;
            }
        }

        return -1;
    }
}
