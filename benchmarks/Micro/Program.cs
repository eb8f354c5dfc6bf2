using BenchmarkDotNet.Running;
using DataToEvents.Benchmarks.Micro;

if (args is ["catalog", var rounds])
{
    CatalogComparison.Run(int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture));
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
