namespace DataToEvents.Local.Hosting;

/// <summary>The executables that were built along with this one, each in a folder of its own.</summary>
internal sealed class BuiltFunctions : IFunctionFiles
{
    public string Find(string function)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "functions", function, $"DataToEvents.Functions.{function}{(OperatingSystem.IsWindows() ? ".exe" : "")}");
        return File.Exists(path) ? path : throw new UserErrorException($"The function {function} is missing: there is no {path}. A clone of the repository builds it: make run FUNCTIONS=process. Without --functions the functions run in this process.");
    }
}
