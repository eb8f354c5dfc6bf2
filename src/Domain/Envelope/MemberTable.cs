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
    /// <summary>In the order of <see cref="Place"/>.</summary>
    private static readonly string[] Common =
    [
        "specversion", "id", "source", "type", "subject", "time", "datacontenttype", ExtensionNames.AcceptedTime, "traceparent", "data",
        ExtensionNames.Sequence, "data_base64", "dataref", "dataschema", ExtensionNames.Replay,
    ];

    private static readonly byte[][] CommonUtf8 = Array.ConvertAll(Common, Encoding.UTF8.GetBytes);

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
    /// <param name="reader">The reader.</param>
    /// <param name="isCommon">Whether it is one of those that an envelope mostly has.</param>
    public static string NameAt(ref Utf8JsonReader reader, out bool isCommon)
    {
        for (var place = 0; place < Common.Length; place++)
        {
            if (reader.ValueSpan.SequenceEqual(CommonUtf8[place]))
            {
                isCommon = true;
                return Common[place];
            }
        }

        isCommon = false;
        return reader.GetString()!;
    }

    private static int Place(string name) => name switch
    {
        "specversion" => 0,
        "id" => 1,
        "source" => 2,
        "type" => 3,
        "subject" => 4,
        "time" => 5,
        "datacontenttype" => 6,
        ExtensionNames.AcceptedTime => 7,
        "traceparent" => 8,
        "data" => 9,
        ExtensionNames.Sequence => 10,
        "data_base64" => 11,
        "dataref" => 12,
        "dataschema" => 13,
        ExtensionNames.Replay => 14,
        _ => -1,
    };
}
