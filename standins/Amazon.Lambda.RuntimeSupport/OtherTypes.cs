// Public types of the package that we do not use. They hold nothing: they are here so that a name that is also ours is ambiguous here too, and not only with the package.
namespace Amazon.Lambda.RuntimeSupport;

public interface IRuntimeApiClient;

public class RuntimeApiClient;
