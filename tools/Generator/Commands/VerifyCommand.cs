using System.CommandLine;
using Amazon.DynamoDBv2;
using Amazon.S3;
using Amazon.SQS;
using DataToEvents.Common;
using DataToEvents.Common.Commands;
using DataToEvents.Domain.Catalog;
using DataToEvents.Generator.Ledger;
using DataToEvents.Generator.Sending;
using DataToEvents.Generator.Verification;
using Spectre.Console;

namespace DataToEvents.Generator.Commands;

/// <summary>What a person asked of <c>verify</c>.</summary>
internal sealed record VerifyRequest(string Ledger, DirectoryInfo? Data, Uri? Endpoint, WorldNames Names, EventCatalog Catalog, VerifyOptions Options, TimeSpan Wait, bool Json);

internal sealed class VerifyCommand(Terminal terminal)
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("verify", "Holds lake, store and consumer against a ledger: what was lost, doubled, out of order, altered, set aside.");
        var arguments = new VerifyArguments(command);
        var verify = new VerifyCommand(terminal);
        command.SetAction((parsed, stopping) => arguments.Complaint(parsed) is { } complaint
            ? terminal.RefuseAsync(complaint)
            : verify.RunAsync(arguments.Read(parsed), stopping));
        return command;
    }

    private async Task<int> RunAsync(VerifyRequest request, CancellationToken stopping)
    {
        try
        {
            await using var data = request.Data is { } directory ? await DataAccess.OpenAsync(directory, fault => terminal.Complain(fault.Message)) : null;
            using var world = Clients.Open(data?.Endpoint ?? request.Endpoint, request.Names);
            var verdict = await VerifyAsync(request, world.World, stopping);
            if (request.Json)
            {
                VerdictJson.Write(terminal.Output, verdict);
            }
            else
            {
                VerdictView.Write(terminal.Screen, verdict);
            }

            return verdict.IsClean ? ExitCode.Success : ExitCode.Incomplete;
        }
        catch (Exception fault) when (fault is LedgerException or UserErrorException)
        {
            terminal.Complain(fault.Message);
            return ExitCode.BadInput;
        }
        catch (Exception fault) when (TargetFaults.Classify(fault, stopping) is not null)
        {
            terminal.Complain($"what is to be verified cannot be read: {TargetFaults.Cause(fault)}");
            return ExitCode.NoTarget;
        }
    }

    private async Task<Verdict> VerifyAsync(VerifyRequest request, IWorld world, CancellationToken stopping) =>
        await new Patience(request.Wait, terminal.Time).LookAsync(
            async () =>
            {
                using var ledger = File.OpenRead(request.Ledger);
                return await new Verifier(world, request.Catalog, request.Options).VerifyAsync(new LedgerReader(ledger, request.Ledger), step => Say(request, $"reading: {step}"), stopping);
            },
            verdict => verdict.Count(Trouble.Lost) == 0,
            verdict => Say(request, $"{verdict.Count(Trouble.Lost)} events are missing so far; looking again"),
            stopping);

    private void Say(VerifyRequest request, string what)
    {
        if (!request.Json)
        {
            terminal.Screen.WriteLine(what);
        }
    }

    /// <summary>The clients behind a world.</summary>
    private sealed class Clients(AmazonS3Client s3, AmazonDynamoDBClient dynamo, AmazonSQSClient sqs, DeliveredReading? delivered, WorldNames names) : IDisposable
    {
        public IWorld World { get; } = new AwsWorld(s3, dynamo, sqs, delivered, names);

        public static Clients Open(Uri? endpoint, WorldNames names) => new(
            AwsConnection.Client(new AmazonS3Config { ForcePathStyle = endpoint is not null }, endpoint, (config, credentials) => credentials is null ? new AmazonS3Client(config) : new AmazonS3Client(credentials, config)),
            AwsConnection.Client(new AmazonDynamoDBConfig(), endpoint, (config, credentials) => credentials is null ? new AmazonDynamoDBClient(config) : new AmazonDynamoDBClient(credentials, config)),
            AwsConnection.Client(new AmazonSQSConfig(), endpoint, (config, credentials) => credentials is null ? new AmazonSQSClient(config) : new AmazonSQSClient(credentials, config)),
            endpoint is null ? null : new DeliveredReading(endpoint),
            names);

        public void Dispose()
        {
            s3.Dispose();
            dynamo.Dispose();
            sqs.Dispose();
            delivered?.Dispose();
        }
    }
}
