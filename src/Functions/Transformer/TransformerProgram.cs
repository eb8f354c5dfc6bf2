using Amazon.Lambda.KinesisFirehoseEvents;

namespace DataToEvents.Functions.Transformer;

/// <summary>Starts the function.</summary>
internal static class TransformerProgram
{
    public static Task Main() => FunctionRuntime.RunAsync(
        static () => new TransformerFunction_Handle_Generated(),
        static (TransformerFunction_Handle_Generated function, KinesisFirehoseEvent batch, ILambdaContext context) => function.Handle(batch, context),
        new FirehoseSerializer());
}
