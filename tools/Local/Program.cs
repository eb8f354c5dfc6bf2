return await LocalCommandLine.RunAsync(args);
