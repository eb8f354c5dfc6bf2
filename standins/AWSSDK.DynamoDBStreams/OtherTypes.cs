// Public types of the package that we do not use. They hold nothing: they are here so that a name that is also ours is ambiguous here too, and not only with the package.
// Left out are requests and responses: each is called after its operation.
namespace Amazon.DynamoDBStreams
{
    public class KeyType;

    public class ShardFilterType;

    public class StreamStatus;

    public class StreamViewType;
}

namespace Amazon.DynamoDBStreams.Model
{
    public class KeySchemaElement;

    public class SequenceNumberRange;

    public class ShardFilter;

    public class Stream;
}
