using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>Serializes by reflection.</summary>
[RequiresUnreferencedCode("Trimmed functions need SourceGeneratorLambdaJsonSerializer and a JsonSerializerContext.")]
[RequiresDynamicCode("Functions published with Native AOT need SourceGeneratorLambdaJsonSerializer and a JsonSerializerContext.")]
public class DefaultLambdaJsonSerializer : AbstractLambdaJsonSerializer, ILambdaSerializer
{
    public DefaultLambdaJsonSerializer()
        : this(null, null)
    {
    }

    public DefaultLambdaJsonSerializer(Action<JsonSerializerOptions> customizer)
        : this(customizer, null)
    {
    }

    public DefaultLambdaJsonSerializer(Action<JsonSerializerOptions> customizer, Action<JsonWriterOptions> jsonWriterCustomizer)
        : base(jsonWriterCustomizer)
    {
        SerializerOptions = CreateDefaultJsonSerializationOptions();
        customizer?.Invoke(SerializerOptions);
    }

    protected JsonSerializerOptions SerializerOptions { get; }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The class says so itself.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "The class says so itself.")]
    protected override void InternalSerialize<T>(Utf8JsonWriter writer, T response) =>
        JsonSerializer.Serialize(writer, response, SerializerOptions);

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The class says so itself.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "The class says so itself.")]
    protected override T InternalDeserialize<T>(byte[] utf8Json) => JsonSerializer.Deserialize<T>(utf8Json, SerializerOptions);
}
