// Public types of the package that we do not use. They hold nothing: they are here so that a name that is also ours is ambiguous here too, and not only with the package.
namespace Amazon.Lambda.APIGatewayEvents;

public class APIGatewayCustomAuthorizerContext;

public class APIGatewayCustomAuthorizerContextOutput;

public class APIGatewayCustomAuthorizerPolicy;

public class APIGatewayCustomAuthorizerRequest;

public class APIGatewayCustomAuthorizerResponse;

public class APIGatewayCustomAuthorizerV2IamResponse;

public class APIGatewayCustomAuthorizerV2Request;

public class APIGatewayCustomAuthorizerV2SimpleResponse;

public class APIGatewayProxyRequest;

public class APIGatewayProxyResponse;
