using Quickstart;
using SeeingModels.Data;
using SeeingModels.Models;
using SeeingModels.Techniques;
using TorchBoard;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SeeingModels;

/// <summary>The digits and the models to interpret. A model is trained when a technique first uses it.</summary>
internal sealed class Subjects : IDisposable
{
    private const int Seed = 1;
    private const double HeldOutShare = 0.2;
    private const int Members = 5;

    private readonly Lazy<Module<Tensor, Tensor>> _resNet;
    private readonly Lazy<Module<Tensor, Tensor>> _vgg;
    private readonly Lazy<Module<Tensor, Tensor>[]> _ensemble;
    private readonly Lazy<Module<Tensor, Tensor>> _prices;
    private readonly Lazy<WordReverser> _reverser = new(WordReverser.Trained);

    /// <summary>Reads the digits. Trained models write their curves.</summary>
    public Subjects(SummaryWriter writer)
    {
        manual_seed(Seed);
        (Digits train, Digits heldOut) = Digits.Load().Split(HeldOutShare, new Random(Seed));
        Train = new DigitPictures(train);
        HeldOut = new DigitPictures(heldOut);
        _resNet = new(() =>
        {
            Module<Tensor, Tensor> model = DigitResNet.New();
            TrainingCurves.Train(writer, model, Train, HeldOut);
            return model;
        });
        _vgg = new(() => DigitVgg.Trained(writer, Train));
        _ensemble = new(() => [.. Enumerable.Range(0, Members).Select(seed => DigitCnn.Trained(Train, seed))]);
        _prices = new(HousePrices.Trained);
    }

    public DigitPictures Train { get; }

    public DigitPictures HeldOut { get; }

    /// <summary>
    /// torchvision's resnet18, trained on canvases of 48×48 pixels with a digit at a random position.
    /// </summary>
    public Module<Tensor, Tensor> ResNet => _resNet.Value;

    /// <summary>VGG11's convolutions, trained on digits of 32×32 pixels.</summary>
    public Module<Tensor, Tensor> Vgg => _vgg.Value;

    /// <summary>Five small networks for digits of 8×8 pixels, which differ in their seeds.</summary>
    public IReadOnlyList<Module<Tensor, Tensor>> Ensemble => _ensemble.Value;

    /// <summary>A network trained on house prices from a table.</summary>
    public Module<Tensor, Tensor> Prices => _prices.Value;

    /// <summary>A network trained to write words backwards.</summary>
    public WordReverser Reverser => _reverser.Value;

    public void Dispose()
    {
        if (_reverser.IsValueCreated)
            _reverser.Value.Dispose();
        foreach (Lazy<Module<Tensor, Tensor>> model in (Lazy<Module<Tensor, Tensor>>[])[_resNet, _vgg, _prices])
        {
            if (model.IsValueCreated)
                model.Value.Dispose();
        }

        foreach (Module<Tensor, Tensor> member in _ensemble.IsValueCreated ? _ensemble.Value : [])
            member.Dispose();
        Train.Dispose();
        HeldOut.Dispose();
    }
}
