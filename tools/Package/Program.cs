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
        case ["manifest", var folder, var version, var commit]:
            ReleaseManifest.Write(folder, version, commit);
            return 0;
        case ["image", var root, var image, var name, var architecture, var settings]:
            ContainerImage.Write(root, image, name, architecture, ImageSettings.Read(settings));
            return 0;
        case [var published, var executable, var zip, var symbols, var objdump]:
            var binary = Path.Combine(published, executable);
            GlibcVersions.Check(executable, await GlibcVersions.ReadAsync(objdump, binary));
            Directory.CreateDirectory(symbols);
            File.Move(binary + FunctionPackage.SymbolExtension, Path.Combine(symbols, executable + FunctionPackage.SymbolExtension), overwrite: true);
            FunctionPackage.Write(published, executable, zip);
            return 0;
        default:
            await Console.Error.WriteLineAsync("Usage: package PUBLISH-FOLDER EXECUTABLE ZIP SYMBOLS-FOLDER OBJDUMP\n       package list PROJECT-ASSETS-JSON RUNTIME\n       package manifest FOLDER VERSION COMMIT\n       package image ROOT-FOLDER TAR NAME:TAG amd64|arm64 SETTINGS");
            return 2;
    }
}
catch (PackageException error)
{
    await Console.Error.WriteLineAsync(error.Message);
    return 1;
}
