namespace DataToEvents.Local.Hosting;

/// <summary>Finds the functions' executables.</summary>
internal interface IFunctionFiles
{
    /// <returns>The executable's path.</returns>
    /// <exception cref="DataToEvents.Common.UserErrorException">There is none; the message says what to do.</exception>
    string Find(string function);
}
