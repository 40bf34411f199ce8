namespace OneStep.Training;

/// <summary>Gathers the training curve from what minibatches show on their way.</summary>
/// <param name="interval">Steps between two points.</param>
/// <param name="batches">Steps an epoch.</param>
/// <param name="deviation">Measures the deviation; called once a point.</param>
internal sealed class TrainingTrace(int interval, int batches, Func<double> deviation)
{
    private readonly List<TrainingPoint> _points = [];
    private double _loss;
    private int _visited;
    private int _correct;

    /// <summary>The points so far.</summary>
    public IReadOnlyList<TrainingPoint> Points => _points;

    /// <summary>The mean loss of the minibatch last visited.</summary>
    public double LastLoss { get; private set; }

    /// <summary>The deviation at the last point.</summary>
    public double LastDeviation { get; private set; }

    /// <summary>Counts a scored minibatch in.</summary>
    public void Visit(Minibatch batch)
    {
        double loss = 0;
        int correct = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            double margin = batch.Labels[i] * batch.Scores[i];
            loss += LogisticLoss.Value(margin);
            correct += margin > 0 ? 1 : 0;
        }

        Visit(loss, correct, batch.Count);
    }

    /// <summary>Counts a minibatch in.</summary>
    /// <param name="loss">The sum of its examples' losses.</param>
    /// <param name="correct">How many of them are classified correctly.</param>
    /// <param name="count">How many they are.</param>
    public void Visit(double loss, int correct, int count)
    {
        LastLoss = loss / count;
        _loss += loss;
        _correct += correct;
        _visited += count;
        if (_points.Count == 0)
        {
            // The network as initialised, seen on its first minibatch, which counts for the next point as well.
            AddPoint(0);
            (_loss, _correct, _visited) = (loss, correct, count);
        }
    }

    /// <summary>Notes that a step was taken, the last one or not.</summary>
    public void Advance(int step, bool ended)
    {
        if (ended || step % interval == 0)
        {
            AddPoint(step);
        }
    }

    private void AddPoint(int step)
    {
        LastDeviation = deviation();
        _points.Add(new(step, (double)step / batches, _loss / _visited, (double)_correct / _visited, LastDeviation));
        (_loss, _visited, _correct) = (0, 0, 0);
    }
}
