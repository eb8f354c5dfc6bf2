using DataToEvents.Package;

try
{
    switch (args)
    {
        case ["list", var assets, var runtime]:
            foreach (var line in PackageList.Of(await File.ReadAllTextAsync(assets), runtime))
            {
                Console.WriteLine(line);
            }

            return 0;
        case [var published, var executable, var zip, var symbols, var objdump]:
            var binary = Path.Combine(published, executable);
            GlibcVersions.Check(executable, await GlibcVersions.ReadAsync(objdump, binary));
            Directory.CreateDirectory(symbols);
            File.Move(binary + FunctionPackage.SymbolExtension, Path.Combine(symbols, executable + FunctionPackage.SymbolExtension), overwrite: true);
            FunctionPackage.Write(published, executable, zip);
            return 0;
        default:
            await Console.Error.WriteLineAsync("Usage: package PUBLISH-FOLDER EXECUTABLE ZIP SYMBOLS-FOLDER OBJDUMP\n       package list PROJECT-ASSETS-JSON RUNTIME");
            return 2;
    }
}
catch (PackageException error)
{
    await Console.Error.WriteLineAsync(error.Message);
    return 1;
}
