namespace DataToEvents.Local.Hosting;

/// <summary>Where the functions' executables are.</summary>
internal interface IFunctionFiles
{
    /// <returns>The executable's path.</returns>
    /// <exception cref="DataToEvents.Common.UserErrorException">There is none; the message says what to do.</exception>
    string Find(string function);
}
