using System.Globalization;
using System.Net;
using System.Xml.Linq;
using Amazon.IdentityManagement.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.IdentityManagement.Internal;

/// <summary>Writes the request as a form and reads the response, which is XML: the protocol that AWS calls "query".</summary>
internal sealed class SimulatePrincipalPolicy : XmlResponseUnmarshaller, IMarshaller<IRequest, AmazonWebServiceRequest>
{
    private static readonly SimulatePrincipalPolicy Operation = new();

    public static InvokeOptions Options { get; } = new() { RequestMarshaller = Operation, ResponseUnmarshaller = Operation };

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var asked = (SimulatePrincipalPolicyRequest)input;
        var request = new DefaultRequest(input, "Amazon.IdentityManagement");
        request.Parameters.Add("Action", "SimulatePrincipalPolicy");
        request.Parameters.Add("Version", "2010-05-08");
        Add(request, "ActionNames", asked.ActionNames);
        Add(request, "ResourceArns", asked.ResourceArns);
        Add(request, "Marker", asked.Marker);
        Add(request, "PolicySourceArn", asked.PolicySourceArn);
        return request;
    }

    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
    {
        var root = XDocument.Load(input.Stream).Root;
        var result = root.Element(root.Name.Namespace + "SimulatePrincipalPolicyResult");
        return new SimulatePrincipalPolicyResponse
        {
            EvaluationResults = Child(result, "EvaluationResults")?.Elements().Select(static member => new EvaluationResult
            {
                EvalActionName = Child(member, "EvalActionName")?.Value,
                EvalDecision = Child(member, "EvalDecision")?.Value,
                EvalResourceName = Child(member, "EvalResourceName")?.Value,
            }).ToList(),
            IsTruncated = Child(result, "IsTruncated") is { } truncated ? bool.Parse(truncated.Value) : null,
            Marker = Child(result, "Marker")?.Value,
        };
    }

    public override AmazonServiceException UnmarshallException(XmlUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var error = XmlErrorResponseUnmarshaller.GetInstance().Unmarshall(input);
        return new AmazonIdentityManagementServiceException(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode);
    }

    private static XElement Child(XElement parent, string name) => parent?.Element(parent.Name.Namespace + name);

    private static void Add(DefaultRequest request, string name, List<string> values)
    {
        for (var i = 0; i < values?.Count; i++)
        {
            request.Parameters.Add(string.Create(CultureInfo.InvariantCulture, $"{name}.member.{i + 1}"), values[i]);
        }
    }

    private static void Add(DefaultRequest request, string name, string value)
    {
        if (value is not null)
        {
            request.Parameters.Add(name, value);
        }
    }
}
