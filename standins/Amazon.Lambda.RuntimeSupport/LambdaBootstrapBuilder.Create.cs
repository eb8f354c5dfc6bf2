using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <content>Every shape of a handler: with or without event, context and answer; streams or typed; at once or in a task.</content>
public partial class LambdaBootstrapBuilder
{
    public static LambdaBootstrapBuilder Create(Action<Stream, ILambdaContext, MemoryStream> handler) =>
        Streaming((input, context) =>
        {
            var answer = new MemoryStream();
            handler(input, context, answer);
            answer.Position = 0;
            return Task.FromResult<Stream>(answer);
        });

    public static LambdaBootstrapBuilder Create(Func<Task> handler) =>
        Silent((_, _) => handler());

    public static LambdaBootstrapBuilder Create(Func<Stream, Task> handler) =>
        Silent((input, _) => handler(input));

    public static LambdaBootstrapBuilder Create<TInput>(Func<TInput, Task> handler, ILambdaSerializer serializer) =>
        Silent((input, _) => handler(serializer.Deserialize<TInput>(input)), serializer);

    public static LambdaBootstrapBuilder Create(Func<ILambdaContext, Task> handler) =>
        Silent((_, context) => handler(context));

    public static LambdaBootstrapBuilder Create(Func<Stream, ILambdaContext, Task> handler) =>
        Silent(handler);

    public static LambdaBootstrapBuilder Create<TInput>(Func<TInput, ILambdaContext, Task> handler, ILambdaSerializer serializer) =>
        Silent((input, context) => handler(serializer.Deserialize<TInput>(input), context), serializer);

    public static LambdaBootstrapBuilder Create(Func<Task<Stream>> handler) =>
        Streaming((_, _) => handler());

    public static LambdaBootstrapBuilder Create(Func<Stream, Task<Stream>> handler) =>
        Streaming((input, _) => handler(input));

    public static LambdaBootstrapBuilder Create<TInput>(Func<TInput, Task<Stream>> handler, ILambdaSerializer serializer) =>
        Streaming((input, _) => handler(serializer.Deserialize<TInput>(input)), serializer);

    public static LambdaBootstrapBuilder Create(Func<ILambdaContext, Task<Stream>> handler) =>
        Streaming((_, context) => handler(context));

    public static LambdaBootstrapBuilder Create(Func<Stream, ILambdaContext, Task<Stream>> handler) =>
        Streaming(handler);

    public static LambdaBootstrapBuilder Create<TInput>(Func<TInput, ILambdaContext, Task<Stream>> handler, ILambdaSerializer serializer) =>
        Streaming((input, context) => handler(serializer.Deserialize<TInput>(input), context), serializer);

    public static LambdaBootstrapBuilder Create<TOutput>(Func<Task<TOutput>> handler, ILambdaSerializer serializer) =>
        Typed((_, _) => handler(), serializer);

    public static LambdaBootstrapBuilder Create<TOutput>(Func<Stream, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        Typed((input, _) => handler(input), serializer);

    public static LambdaBootstrapBuilder Create<TInput, TOutput>(Func<TInput, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        Typed((input, _) => handler(serializer.Deserialize<TInput>(input)), serializer);

    public static LambdaBootstrapBuilder Create<TOutput>(Func<ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        Typed((_, context) => handler(context), serializer);

    public static LambdaBootstrapBuilder Create<TOutput>(Func<Stream, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        Typed((input, context) => handler(input, context), serializer);

    public static LambdaBootstrapBuilder Create<TInput, TOutput>(Func<TInput, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        Typed((input, context) => handler(serializer.Deserialize<TInput>(input), context), serializer);

    public static LambdaBootstrapBuilder Create(Action handler) =>
        Silent((_, _) => Done(() => handler()));

    public static LambdaBootstrapBuilder Create(Action<Stream> handler) =>
        Silent((input, _) => Done(() => handler(input)));

    public static LambdaBootstrapBuilder Create<TInput>(Action<TInput> handler, ILambdaSerializer serializer) =>
        Silent((input, _) => Done(() => handler(serializer.Deserialize<TInput>(input))), serializer);

    public static LambdaBootstrapBuilder Create(Action<ILambdaContext> handler) =>
        Silent((_, context) => Done(() => handler(context)));

    public static LambdaBootstrapBuilder Create(Action<Stream, ILambdaContext> handler) =>
        Silent((input, context) => Done(() => handler(input, context)));

    public static LambdaBootstrapBuilder Create<TInput>(Action<TInput, ILambdaContext> handler, ILambdaSerializer serializer) =>
        Silent((input, context) => Done(() => handler(serializer.Deserialize<TInput>(input), context)), serializer);

    public static LambdaBootstrapBuilder Create(Func<Stream> handler) =>
        Streaming((_, _) => Task.FromResult(handler()));

    public static LambdaBootstrapBuilder Create(Func<Stream, Stream> handler) =>
        Streaming((input, _) => Task.FromResult(handler(input)));

    public static LambdaBootstrapBuilder Create<TInput>(Func<TInput, Stream> handler, ILambdaSerializer serializer) =>
        Streaming((input, _) => Task.FromResult(handler(serializer.Deserialize<TInput>(input))), serializer);

    public static LambdaBootstrapBuilder Create(Func<ILambdaContext, Stream> handler) =>
        Streaming((_, context) => Task.FromResult(handler(context)));

    public static LambdaBootstrapBuilder Create(Func<Stream, ILambdaContext, Stream> handler) =>
        Streaming((input, context) => Task.FromResult(handler(input, context)));

    public static LambdaBootstrapBuilder Create<TInput>(Func<TInput, ILambdaContext, Stream> handler, ILambdaSerializer serializer) =>
        Streaming((input, context) => Task.FromResult(handler(serializer.Deserialize<TInput>(input), context)), serializer);

    public static LambdaBootstrapBuilder Create<TOutput>(Func<TOutput> handler, ILambdaSerializer serializer) =>
        Typed((_, _) => Task.FromResult(handler()), serializer);

    public static LambdaBootstrapBuilder Create<TOutput>(Func<Stream, TOutput> handler, ILambdaSerializer serializer) =>
        Typed((input, _) => Task.FromResult(handler(input)), serializer);

    public static LambdaBootstrapBuilder Create<TInput, TOutput>(Func<TInput, TOutput> handler, ILambdaSerializer serializer) =>
        Typed((input, _) => Task.FromResult(handler(serializer.Deserialize<TInput>(input))), serializer);

    public static LambdaBootstrapBuilder Create<TOutput>(Func<ILambdaContext, TOutput> handler, ILambdaSerializer serializer) =>
        Typed((_, context) => Task.FromResult(handler(context)), serializer);

    public static LambdaBootstrapBuilder Create<TOutput>(Func<Stream, ILambdaContext, TOutput> handler, ILambdaSerializer serializer) =>
        Typed((input, context) => Task.FromResult(handler(input, context)), serializer);

    public static LambdaBootstrapBuilder Create<TInput, TOutput>(Func<TInput, ILambdaContext, TOutput> handler, ILambdaSerializer serializer) =>
        Typed((input, context) => Task.FromResult(handler(serializer.Deserialize<TInput>(input), context)), serializer);
}
