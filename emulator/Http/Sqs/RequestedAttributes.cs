using System.Text.Json;
using DataToEvents.Emulator.Http.Json;

namespace DataToEvents.Emulator.Http.Sqs;

/// <summary>The attributes that a receiver asked for. Like SQS, the emulator returns no others, so that a receiver that forgets to ask notices it here.</summary>
internal sealed class RequestedAttributes(JsonRequest call)
{
    private const string All = "All";

    // The newer name of the parameter and the older one, which clients still send.
    private readonly HashSet<string> _ofSystem = [.. call.Texts("MessageSystemAttributeNames"), .. call.Texts("AttributeNames")];

    /// <summary>Whether the request asks for message attributes. A request gets all of them or none.</summary>
    public bool OfMessages { get; } = call.Texts("MessageAttributeNames").Any();

    public void WriteOfSystem(Utf8JsonWriter answer, IEnumerable<(string Name, string? Value)> attributes)
    {
        if (_ofSystem.Count == 0)
        {
            return;
        }

        answer.WriteStartObject("Attributes"u8);
        foreach (var (name, value) in attributes.Where(attribute => _ofSystem.Contains(All) || _ofSystem.Contains(attribute.Name)))
        {
            answer.WriteString(name, value);
        }

        answer.WriteEndObject();
    }
}
