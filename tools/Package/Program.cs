using DataToEvents.Package;

if (args is not [var published, var executable, var zip, var symbols, var objdump])
{
    await Console.Error.WriteLineAsync("Usage: package PUBLISH-FOLDER EXECUTABLE ZIP SYMBOLS-FOLDER OBJDUMP");
    return 2;
}

try
{
    var binary = Path.Combine(published, executable);
    GlibcVersions.Check(executable, await GlibcVersions.ReadAsync(objdump, binary));
    Directory.CreateDirectory(symbols);
    File.Move(binary + FunctionPackage.SymbolExtension, Path.Combine(symbols, executable + FunctionPackage.SymbolExtension), overwrite: true);
    FunctionPackage.Write(published, executable, zip);
    return 0;
}
catch (PackageException error)
{
    await Console.Error.WriteLineAsync(error.Message);
    return 1;
}
