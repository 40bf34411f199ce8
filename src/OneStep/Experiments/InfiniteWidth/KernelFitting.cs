namespace OneStep.Experiments.InfiniteWidth;

/// <summary>How a function of the kernel's space is fitted to training examples.</summary>
public enum KernelFitting
{
    /// <summary>Ridge regression on the labels.</summary>
    Ridge,

    /// <summary>Logistic regression with a penalty.</summary>
    Logistic,

    /// <summary>Minibatch SGD on the logistic loss, without a penalty: the infinite-width limit of training.</summary>
    Descent,
}
