namespace DataToEvents.Deployed.Tests.Discovery;

/// <summary>A Firehose delivery stream as it is deployed: Direct PUT, one transformation, S3.</summary>
internal sealed record DeployedDelivery
{
    private const int Megabyte = 1024 * 1024;

    public required string Arn { get; init; }

    public string Name => Discovery.Arn.Resource(Arn)["deliverystream/".Length..];

    public required string RoleArn { get; init; }

    public required string BucketArn { get; init; }

    public required string Prefix { get; init; }

    public required string ErrorOutputPrefix { get; init; }

    public required string FileExtension { get; init; }

    public required (long Bytes, TimeSpan Interval) LakeBuffer { get; init; }

    public required DeployedTransform Transform { get; init; }

    public required bool AppendDelimiter { get; init; }

    public static DeployedDelivery Read(Answer answer)
    {
        answer.Must("DeliveryStreamType", "DirectPut");
        answer.Must("DeliveryStreamStatus", "ACTIVE");
        answer.SetAside("DeliveryStreamEncryptionConfiguration", "VersionId", "CreateTimestamp", "LastUpdateTimestamp", "HasMoreDestinations", "DeliveryStreamName");
        var arn = answer.Text("DeliveryStreamARN");
        return answer.Objects("Destinations", Destination) is [var only]
            ? only with { Arn = arn }
            : throw new DeploymentException($"{answer.Place} has more or less than one destination.");
    }

    private static DeployedDelivery Destination(Answer answer)
    {
        answer.SetAside("DestinationId", "S3DestinationDescription");
        return answer.Object("ExtendedS3DestinationDescription", ToS3);
    }

    private static DeployedDelivery ToS3(Answer answer)
    {
        answer.Must("CompressionFormat", "GZIP");
        answer.Must("S3BackupMode", "Disabled");
        answer.MustIfThere("CustomTimeZone", "UTC");
        answer.OptionalObject("DataFormatConversionConfiguration", conversion =>
        {
            conversion.Must("Enabled", "False");
            return "";
        });
        answer.SetAside("EncryptionConfiguration", "CloudWatchLoggingOptions");
        var processors = answer.Object("ProcessingConfiguration", Processors);
        return new DeployedDelivery
        {
            Arn = "",
            RoleArn = answer.Text("RoleARN"),
            BucketArn = answer.Text("BucketARN"),
            Prefix = answer.Text("Prefix"),
            ErrorOutputPrefix = answer.Text("ErrorOutputPrefix"),
            FileExtension = answer.Text("FileExtension"),
            LakeBuffer = answer.Object("BufferingHints", hints => ((long)hints.Whole("SizeInMBs") * Megabyte, hints.Seconds("IntervalInSeconds"))),
            Transform = Transformation(processors.SingleOrDefault(processor => processor.Type == "Lambda"), answer.Place),
            AppendDelimiter = processors.Exists(processor => processor.Type == "AppendDelimiterToRecord"),
        };
    }

    private static List<Processor> Processors(Answer answer)
    {
        answer.Must("Enabled", "True");
        return answer.Objects("Processors", processor =>
        {
            var parameters = processor.Objects("Parameters", parameter => (Name: parameter.Text("ParameterName"), Value: parameter.Text("ParameterValue")));
            return new Processor(processor.Text("Type"), parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value));
        });
    }

    private static DeployedTransform Transformation(Processor? processor, string place) => processor is { Parameters: var given }
        ? new DeployedTransform(
            given["LambdaArn"],
            (long)(double.Parse(given.GetValueOrDefault("BufferSizeInMBs", "1"), CultureInfo.InvariantCulture) * Megabyte),
            TimeSpan.FromSeconds(int.Parse(given.GetValueOrDefault("BufferIntervalInSeconds", "60"), CultureInfo.InvariantCulture)),
            int.Parse(given.GetValueOrDefault("NumberOfRetries", "3"), CultureInfo.InvariantCulture))
        : throw new DeploymentException($"{place} has no function that transforms.");

    private sealed record Processor(string Type, Dictionary<string, string> Parameters);
}

/// <summary>Firehose's defaults, where Terraform leaves them out, are 1 MB, 60 s and 3 retries (facts.md, section 1).</summary>
internal sealed record DeployedTransform(string FunctionArn, long BufferBytes, TimeSpan BufferInterval, int Retries);
