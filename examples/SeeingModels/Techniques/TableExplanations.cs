using SeeingModels.Models;
using TorchBoard;
using TorchBoard.Figures;
using TorchBoard.Interpretation;
using TorchBoard.Panels;
using TorchBoard.Probing;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SeeingModels.Techniques;

/// <summary>Shows what each column of a table contributes to a prediction, by LIME and by SHAP.</summary>
internal static class TableExplanations
{
    public static void Show(SummaryWriter writer, Module<Tensor, Tensor> prices, Tensor house)
    {
        // Both compare with the average house, whose features are all 0.
        var score = new ModelScore(prices, house);
        Attribution lime = Lime.Explain(score.Predict, score.Input);
        Attribution shap = KernelShap.Explain(score.Predict, score.Input);

        Figure figure = new Figure { Title = "What makes this house cost more or less", YLabel = "adds to the price" }
            .Bars(HousePrices.Features, lime.Values, "LIME")
            .Bars(HousePrices.Features, shap.Values, "SHAP")
            .Bars<double>(HousePrices.Features, HousePrices.ShapleyValues(score.Input), "formula");
        writer.AddFigure("lime-shap/house", figure, 0);

        // A single explanation needs no figure.
        var options = new AttributionPictureOptions { Method = "KernelSHAP", FeatureNames = HousePrices.Features };
        writer.AddAttribution("lime-shap/house by SHAP", shap, 0, options: options);
    }
}
