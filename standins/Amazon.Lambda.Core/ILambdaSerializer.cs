namespace Amazon.Lambda.Core;

/// <summary>Turns the event's bytes into a handler's input and its output into the answer's bytes.</summary>
public interface ILambdaSerializer
{
    T Deserialize<T>(Stream requestStream);

    void Serialize<T>(T response, Stream responseStream);
}
