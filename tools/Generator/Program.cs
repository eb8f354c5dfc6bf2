using DataToEvents.Generator.Records;
var g = new RecordGenerator(new RecordOptions { CloudEvents = args.Length > 0 });
using var o = Console.OpenStandardOutput();
for (var i = 0; i < 8; i++) { o.Write(g.Record(i).Span); o.Write("\n"u8); }
var sw = System.Diagnostics.Stopwatch.StartNew(); long b = 0; for (var i = 0; i < 1_000_000; i++) b += g.Record(i).Length;
Console.WriteLine($"{b} {sw.Elapsed}");
