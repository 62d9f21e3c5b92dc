namespace TorchBoard.Interpretation;

/// <summary>
/// Computes a class activation map from a layer's activations A and the gradients G of the score with respect to them,
/// for each position.
/// </summary>
public enum CamMethod
{
    /// <summary>
    /// Σ mean(G of the channel)·A. Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via
    /// Gradient-based Localization", 2017.
    /// </summary>
    GradCam,

    /// <summary>
    /// Σ G·A, position by position. Draelos and Carin, "Use HiResCAM instead of Grad-CAM for faithful explanations of
    /// convolutional neural networks", 2020.
    /// </summary>
    HiResCam,

    /// <summary>Σ ReLU(G·A), position by position, as in pytorch-grad-cam.</summary>
    ElementWise,

    /// <summary>
    /// Channels weighted by Σ ReLU(G)·G²/(2G² + (ΣA)·G³ + 1e-6). Chattopadhyay et al., "Grad-CAM++: Improved Visual
    /// Explanations for Deep Convolutional Networks", 2018.
    /// </summary>
    GradCamPlusPlus,

    /// <summary>
    /// Channels weighted by Σ G·A/(ΣA + 1e-7). Fu et al., "Axiom-based Grad-CAM: Towards Accurate Visualization and
    /// Explanation of CNNs", 2020.
    /// </summary>
    XGradCam,

    /// <summary>
    /// Σ ReLU(G)·A, position by position. Jiang et al., "LayerCAM: Exploring Hierarchical Class Activation Maps for
    /// Localization", 2021.
    /// </summary>
    LayerCam,

    /// <summary>
    /// The first principal component of A; it needs no gradients and does not depend on a class. Muhammad and Yeasin,
    /// "Eigen-CAM: Class Activation Map using Principal Components", 2020.
    /// </summary>
    EigenCam,

    /// <summary>The first principal component of G·A, as in pytorch-grad-cam.</summary>
    EigenGradCam,

    /// <summary>
    /// Channels weighted by the score of the input masked by them; calls the model for each channel and needs no
    /// gradients. Wang et al., "Score-CAM: Score-Weighted Visual Explanations for Convolutional Neural Networks", 2020.
    /// See <see cref="Interpretation.ScoreCam"/>.
    /// </summary>
    ScoreCam,

    /// <summary>
    /// Channels weighted by how far the score falls without them; calls the model for each channel and needs no
    /// gradients. Desai and Ramaswamy, "Ablation-CAM: Visual Explanations for Deep Convolutional Network via
    /// Gradient-free Localization", 2020. See <see cref="Interpretation.AblationCam"/>.
    /// </summary>
    AblationCam,
}
