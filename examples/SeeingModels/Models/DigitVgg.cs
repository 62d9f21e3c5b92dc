using SeeingModels.Data;
using TorchBoard;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SeeingModels.Models;

/// <summary>The eight convolutions of VGG11, with batch normalization, on digits of 32×32 pixels.</summary>
internal static class DigitVgg
{
    private const int Steps = 32;
    private const int BatchSize = 32;
    private const double LearningRate = 1e-3;
    private const int Pool = 0;

    // Simonyan and Zisserman 2015, column A: channels of each convolution, and the positions of the pooling layers.
    private static readonly int[] Layers = [64, Pool, 128, Pool, 256, 256, Pool, 512, 512, Pool, 512, 512, Pool];

    public static Module<Tensor, Tensor> New()
    {
        manual_seed(1);
        var modules = new List<(string, Module<Tensor, Tensor>)>();
        (int channels, int convolutions, int pools) = (1, 0, 0);
        foreach (int outputs in Layers)
        {
            if (outputs == Pool)
            {
                modules.Add(($"pool{++pools}", MaxPool2d(2)));
                continue;
            }

            convolutions++;
            modules.Add(($"conv{convolutions}", Conv2d(channels, outputs, 3, padding: 1, bias: false)));
            modules.Add(($"norm{convolutions}", BatchNorm2d(outputs)));
            modules.Add(($"relu{convolutions}", ReLU()));
            channels = outputs;
        }

        return Sequential([.. modules, ("flatten", Flatten()), ("scores", Linear(channels, 10))]);
    }

    public static Module<Tensor, Tensor> Trained(SummaryWriter writer, DigitPictures train)
    {
        Module<Tensor, Tensor> net = New();
        using optim.Optimizer optimizer = optim.Adam(net.parameters(), LearningRate);
        for (int step = 0; step < Steps; step++)
        {
            using var scope = NewDisposeScope();
            Tensor batch = randint(train.Count, BatchSize);
            Tensor scores = net.call(Canvas.Enlarged(train.Pictures.index_select(0, batch)));
            Tensor loss = functional.cross_entropy(scores, train.Labels.index_select(0, batch));
            optimizer.zero_grad();
            loss.backward();
            optimizer.StepUncollected();
            writer.AddScalar("kernels/loss", loss, step);
        }

        net.eval();
        return net;
    }
}
