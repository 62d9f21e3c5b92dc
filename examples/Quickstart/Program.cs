using System.CommandLine;
using System.Diagnostics;
using System.Text;
using Quickstart;

const int wrongUsage = 2;

Console.OutputEncoding = Encoding.UTF8;
var arguments = new Arguments();
arguments.Command.SetAction(Run);

ParseResult parsed = arguments.Command.Parse(args);
if (parsed.Errors is [var error, ..])
{
    Console.Error.WriteLine(error.Message);
    return wrongUsage;
}

return parsed.Invoke();

int Run(ParseResult result)
{
    string logDirectory = arguments.LogDirectory(result);
    var trainer = new Trainer(Digits.Load(), arguments.Training(result));
    var curves = new LossCurves();
    var clock = Stopwatch.StartNew();

    TrainingLog log;
    try
    {
        log = new TrainingLog(logDirectory, trainer);
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(e.Message);
        return wrongUsage;
    }

    EpochResult last;
    using (log)
    {
        log.Start();
        last = Report.Train(trainer, log.Step, epoch =>
        {
            log.Epoch(epoch);
            curves.Add(epoch);
        });
        log.Finish(last);
    }

    Report.End(logDirectory, log.Logged, curves, last, clock.Elapsed);
    return 0;
}
