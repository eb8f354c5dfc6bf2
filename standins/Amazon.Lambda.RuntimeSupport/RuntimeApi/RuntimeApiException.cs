namespace Amazon.Lambda.RuntimeSupport.RuntimeApi;

/// <summary>The Runtime API is out of reach, or refused what it was sent. As with the package it ends the program; Lambda starts another.</summary>
internal sealed class RuntimeApiException(string message, Exception innerException = null) : Exception(message, innerException);
