using System.Reflection;
using TorchBoard.Hyperparameters;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchBoard;

/// <summary>The settings of an optimizer, with PyTorch's names.</summary>
internal static class OptimizerParameters
{
    private const string LearningRate = "lr";

    /// <summary>Returns names and settings, with the group as prefix if there are several groups.</summary>
    public static Dictionary<string, Hyperparameter> Of(optim.Optimizer optimizer)
    {
        var values = new Dictionary<string, Hyperparameter> { ["optimizer"] = optimizer.GetType().Name };
        foreach ((string prefix, ILearningRateController group) in Groups(optimizer))
        {
            values[prefix + LearningRate] = group.LearningRate;
            if (group is not ParamGroup { Options: { } options })
                continue;

            // Each optimizer has its own options record, with fields that have no common type.
            foreach (FieldInfo field in options.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance))
            {
                if (ValueOf(field.GetValue(options)) is { } value)
                    values[prefix + field.Name] = value;
            }
        }

        return values;
    }

    /// <summary>Returns the learning rate of each group with its tag.</summary>
    public static IEnumerable<(string Tag, double Value)> LearningRates(optim.Optimizer optimizer, string tag)
    {
        (string Prefix, ILearningRateController Group)[] groups = [.. Groups(optimizer)];
        return groups.Select((group, i) => (groups.Length == 1 ? tag : $"{tag}/group{i}", group.Group.LearningRate));
    }

    private static IEnumerable<(string Prefix, ILearningRateController Group)> Groups(optim.Optimizer optimizer)
    {
        ILearningRateController[] groups = [.. optimizer.ParamGroups];
        return groups.Select((group, i) => (groups.Length == 1 ? "" : $"group{i}/", group));
    }

    private static Hyperparameter? ValueOf(object? value) => value switch
    {
        double number when double.IsFinite(number) => number,
        long number => number,
        int number => number,
        bool truth => truth,
        _ => null,
    };
}
