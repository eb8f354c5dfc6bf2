namespace DataToEvents.Domain.Json;

[JsonSerializable(typeof(string))]
internal sealed partial class TextJson : JsonSerializerContext;
