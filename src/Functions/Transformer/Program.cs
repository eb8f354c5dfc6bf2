using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisFirehoseEvents;
using Amazon.Lambda.RuntimeSupport;
using DataToEvents.Functions.Shared;

namespace DataToEvents.Functions.Transformer;

/// <summary>Starts the function.</summary>
internal static class Program
{
    public static Task Main()
    {
        Function_Handle_Generated? function = null;
        Func<KinesisFirehoseEvent, ILambdaContext, Task<KinesisFirehoseResponse>> handle = (batch, context) => function!.Handle(batch, context);
        return FunctionRuntime.RunAsync(LambdaBootstrapBuilder.Create(handle, new FirehoseSerializer()), () => function = new Function_Handle_Generated());
    }
}
