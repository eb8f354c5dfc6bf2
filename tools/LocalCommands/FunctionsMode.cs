namespace DataToEvents.Local;

/// <summary>How the functions run.</summary>
internal enum FunctionsMode
{
    /// <summary>In this process, on the directory's own ports.</summary>
    InProcess,

    /// <summary>Their executables behind the Lambda Runtime API, on the adapters for AWS, which find the endpoints here.</summary>
    Process,

    /// <summary>Like <see cref="Process"/>, with the executables that <c>make package</c> built for AWS.</summary>
    Aws,
}
