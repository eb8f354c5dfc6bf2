using Amazon.Lambda.Core;

namespace DataToEvents.Emulator.Tests.Lambda;

public sealed class JsonSerializerForTests : ILambdaSerializer
{
    public T Deserialize<T>(Stream requestStream) => JsonSerializer.Deserialize<T>(requestStream)!;

    public void Serialize<T>(T response, Stream responseStream) => JsonSerializer.Serialize(responseStream, response);
}
