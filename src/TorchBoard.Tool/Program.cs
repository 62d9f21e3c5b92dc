using System.Text;
using TorchBoard.Tool;
using TorchBoard.Tool.Commands;
using TorchBoard.Tool.Output;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var interruption = new Interruption();
int exitCode = await TorchBoardCommand.RunAsync(args, Terminal.OfProcess(), interruption.Token);
return interruption.ExitCodeFor(exitCode);

/// <summary>Internal, although it uses ASP.NET Core, which would make it public for tests.</summary>
internal sealed partial class Program;
