using System.Text;
using TorchBoard.Tool.Commands;
using TorchBoard.Tool.Output;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await TorchBoardCommand.RunAsync(args, Terminal.OfProcess());
