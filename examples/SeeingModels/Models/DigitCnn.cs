using SeeingModels.Data;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SeeingModels.Models;

/// <summary>A small network for pictures of 8×8 pixels, which trains in a second or two.</summary>
internal static class DigitCnn
{
    private const int Epochs = 3;
    private const int BatchSize = 64;
    private const double LearningRate = 3e-3;

    public static Module<Tensor, Tensor> Trained(DigitPictures train, int seed)
    {
        manual_seed(seed);
        Module<Tensor, Tensor> net = Sequential(
            ("conv1", Conv2d(1, 16, 3, padding: 1)),
            ("relu1", ReLU()),
            ("conv2", Conv2d(16, 32, 3, padding: 1)),
            ("relu2", ReLU()),
            ("pool", MaxPool2d(2)),
            ("flatten", Flatten()),
            ("scores", Linear(32 * 4 * 4, 10)));
        using optim.Optimizer optimizer = optim.Adam(net.parameters(), LearningRate);
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            using var scope = NewDisposeScope();
            foreach (Tensor batch in randperm(train.Count).split(BatchSize))
            {
                using var stepScope = NewDisposeScope();
                Tensor scores = net.call(train.Pictures.index_select(0, batch));
                Tensor loss = functional.cross_entropy(scores, train.Labels.index_select(0, batch));
                optimizer.zero_grad();
                loss.backward();
                optimizer.StepUncollected();
            }
        }

        net.eval();
        return net;
    }
}
