using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using TorchBoard.Indexing;

namespace TorchBoard.Server.Grpc;

/// <summary>Answers stock TensorBoard.</summary>
internal static class GrpcServer
{
    /// <summary>Builds a server of a port.</summary>
    // An empty builder, so that no environment variable or settings file of the program can change what is served where.
    public static WebApplication Build(RunIndex runs, IPAddress host, int port)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(host, port, listener => listener.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = MessageLimit.Request;
            grpc.MaxSendMessageSize = MessageLimit.Response;
        });
        builder.Services.AddSingleton(runs);
        builder.Services.AddSingleton<DataProvider>();
        WebApplication application = builder.Build();
        application.MapGrpcService<DataProvider>();
        return application;
    }
}
