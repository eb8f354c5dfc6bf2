namespace Amazon.Lambda.Core;

/// <summary>Logs where no <see cref="ILambdaContext"/> is at hand: to the running bootstrap's logger, else to the console.</summary>
public static class LambdaLogger
{
    /// <summary>Null level: the logger's default.</summary>
    internal delegate void Sink(string level, Exception exception, string message, object[] args);

    internal static Sink Current { get; set; } = WriteToConsole;

    public static void Log(string message) => Current(null, null, message, []);

    public static void Log(string level, string message, params object[] args) => Current(level, null, message, args);

    public static void Log(LogLevel level, string message, params object[] args) => Log(level.ToString(), message, args);

    public static void Log(string level, Exception exception, string message, params object[] args) => Current(level, exception, message, args);

    public static void Log(LogLevel level, Exception exception, string message, params object[] args) => Log(level.ToString(), exception, message, args);

    private static void WriteToConsole(string level, Exception exception, string message, object[] args)
    {
        var line = level is null ? message : $"{level}: {message}";
        Console.WriteLine(args is { Length: > 0 } ? $"{line} [{string.Join(", ", args)}]" : line);
        if (exception is not null)
        {
            Console.WriteLine(exception);
        }
    }
}
