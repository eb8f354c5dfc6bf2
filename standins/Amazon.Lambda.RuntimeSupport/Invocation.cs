using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Handles one invocation, bytes in and bytes out.</summary>
public delegate Task<InvocationResponse> LambdaBootstrapHandler(InvocationRequest invocation);

/// <summary>Runs once before the first invocation; false ends the bootstrap without an error.</summary>
public delegate Task<bool> LambdaBootstrapInitializer();

/// <summary>An event and what Lambda tells of its invocation.</summary>
public class InvocationRequest : IDisposable
{
    internal InvocationRequest()
    {
    }

    /// <summary>The event, UTF-8 JSON.</summary>
    public Stream InputStream { get; internal set; }

    public ILambdaContext LambdaContext { get; internal set; }

    public void Dispose()
    {
        InputStream?.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>A handler's answer.</summary>
public class InvocationResponse(Stream outputStream, bool disposeOutputStream)
{
    public InvocationResponse(Stream outputStream)
        : this(outputStream, true)
    {
    }

    /// <summary>UTF-8 JSON; null answers with nothing.</summary>
    public Stream OutputStream { get; } = outputStream;

    /// <summary>Whether the bootstrap disposes the stream once it is sent.</summary>
    public bool DisposeOutputStream { get; } = disposeOutputStream;
}

/// <summary>A handler together with the serializer that it reads and writes with, if any.</summary>
public class HandlerWrapper
{
    internal HandlerWrapper(LambdaBootstrapHandler handler, ILambdaSerializer serializer = null)
    {
        Handler = handler;
        Serializer = serializer;
    }

    public LambdaBootstrapHandler Handler { get; }

    internal ILambdaSerializer Serializer { get; }
}
