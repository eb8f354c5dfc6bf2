using System.Collections.Immutable;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>What is wrong with the functions of an assembly, each by itself and all together.</summary>
internal static class Inspection
{
    public static IEnumerable<Finding> Of(ImmutableArray<FunctionModel> functions, ImmutableArray<StartupModel> startups, AssemblyModel assembly) =>
        functions.SelectMany(function => function.Findings)
            .Concat(functions.SelectMany(function => Function(function, startups.Length > 0, assembly)))
            .Concat(startups.SelectMany(startup => startup.Findings))
            .Concat(startups.Length > 1 ? startups.Select(startup => At(startup.Place, Diagnostics.ManyStartups, startup.Type.Replace("global::", ""))) : [])
            .Concat(assembly.GenerateMain ? Main(functions, assembly) : [])
            .Concat(SameHandler(functions, assembly));

    private static IEnumerable<Finding> Function(FunctionModel function, bool hasStartup, AssemblyModel assembly)
    {
        if ((function.Serializer ?? assembly.Serializer) is null)
        {
            yield return At(function.Place, Diagnostics.Serializer, function.Method);
        }

        if (hasStartup && !assembly.HasContainer)
        {
            yield return At(function.Place, Diagnostics.Package, function.Method, "Microsoft.Extensions.DependencyInjection");
        }

        if (function.IsHttp && !assembly.HasApiGateway)
        {
            yield return At(function.Place, Diagnostics.Package, function.Method, "Amazon.Lambda.APIGatewayEvents");
        }

        if (!hasStartup && function.NeedsServices)
        {
            var parameter = function.Parameters.First(parameter => parameter.Source == Source.Services);
            yield return At(function.Place, Diagnostics.Parameter, parameter.Name, function.Method, "[FromServices] needs a class marked [LambdaStartup]");
        }

        if (assembly.GenerateMain && IsAmbiguous(function))
        {
            yield return At(function.Place, Diagnostics.Return, function.Method, function.ReturnType.Replace("global::", ""), "for a Stream as event the bootstrap has two overloads that fit (CS0121); return a type of your own");
        }

        if (!hasStartup && !function.HasPlainConstructor && !function.IsBroken)
        {
            yield return At(function.Place, Diagnostics.Construction, function.Class);
        }
    }

    private static bool IsAmbiguous(FunctionModel function) =>
        function.HandledTypes.FirstOrDefault() == Names.Stream
        && (function.AnswerType == Names.Stream || (function.IsAsync && function.Answer == Answer.Nothing));

    private static IEnumerable<Finding> Main(ImmutableArray<FunctionModel> functions, AssemblyModel assembly)
    {
        if (!assembly.IsExecutable)
        {
            yield return At(null, Diagnostics.Main, "the project's OutputType is not Exe");
        }

        if (!assembly.HasBootstrap)
        {
            yield return At(null, Diagnostics.Main, "the package Amazon.Lambda.RuntimeSupport is not referenced");
        }

        if (functions.IsEmpty)
        {
            yield return At(null, Diagnostics.Main, "no method is marked [LambdaFunction]");
        }
    }

    /// <summary>Two of one class would be two classes of one name; two of one program could not be told apart.</summary>
    private static IEnumerable<Finding> SameHandler(ImmutableArray<FunctionModel> functions, AssemblyModel assembly) =>
        functions.GroupBy(function => assembly.GenerateMain ? function.Method : $"{function.Namespace}.{function.GeneratedClass}")
            .SelectMany(same => same.Skip(1))
            .Select(function => At(function.Place, Diagnostics.Duplicate, function.Method));

    private static Finding At(Place? place, Microsoft.CodeAnalysis.DiagnosticDescriptor descriptor, params string[] arguments) =>
        new(descriptor, place, new EquatableArray<string>([.. arguments]));
}
