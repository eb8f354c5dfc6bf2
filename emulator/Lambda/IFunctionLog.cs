namespace DataToEvents.Emulator.Lambda;

/// <summary>Takes what functions write to their logs. Called from any thread; an exception from it ends the writer's work.</summary>
public interface IFunctionLog
{
    /// <param name="functionName">The function's name.</param>
    /// <param name="line">One line, without its end.</param>
    void Write(string functionName, string line);
}
