namespace DataToEvents.Local;

/// <summary>How the functions run.</summary>
internal enum FunctionsMode
{
    /// <summary>In this process, on the directory's own ports.</summary>
    InProcess,

    /// <summary>Their executables behind the Lambda Runtime API, on the adapters for AWS, which find the endpoints here.</summary>
    Process,

    /// <summary>As <see cref="Process"/>, but what <c>make package</c> built for AWS.</summary>
    Aws,
}
