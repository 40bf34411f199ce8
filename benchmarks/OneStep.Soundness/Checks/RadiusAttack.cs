using OneStep.Attacks;
using OneStep.Certificates.Robustness;
using OneStep.Data;
using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Soundness.Checks;

/// <summary>
/// Attacks the radii that bounds prove (docs/mathematics.md §7): with every attack of the library, and with points just within the
/// largest radius, in random directions, along known flips, and where ascent along that sphere leads.
/// </summary>
internal static class RadiusAttack
{
    private const int RandomDirections = 6;
    private const int AscentSteps = 6;

    // Where nothing flips the flow goes on for ever.
    private const int MostPieces = 500;

    // A radius is open: its sphere is not part of what is claimed.
    private const double Inside = 1 - 1e-12;

    /// <summary>Finds and attacks the radii of some inputs.</summary>
    /// <param name="function">The function.</param>
    /// <param name="drawn">x, [n][d], of which some are moved near to where the label changes.</param>
    /// <param name="random">Random numbers.</param>
    /// <param name="tally">Is told what is found.</param>
    /// <param name="further">What else to do with the radii of an input that has a label, given its known flips; null for nothing.</param>
    public static void OnAll(
        NaiveScore function, double[][] drawn, RandomInputs random, CheckTally tally, Action<HeldRadii, IReadOnlyList<double[]>>? further = null)
    {
        Matrix<float> inputs = drawn.Select(x => random.Chance(0.2) ? NearBoundary(function, x, random) : x).ToArray().ToMatrix();
        double[][] points = inputs.ToRows();
        var settings = new AttackSettings { Seed = (ulong)random.Integer(0, int.MaxValue - 1), Polish = random.Chance(0.5) };
        List<double[]>[] flips = Flips(function, inputs, points, settings, random);
        RobustnessCertificates found = new RobustnessCertifier().Certify(function.Function, inputs, Known(flips, points, random), BallWideCheck.OneThread);
        foreach (RobustnessCertificate certificate in found.Inputs.Where(certificate => certificate.Label != 0))
        {
            List<double[]> own = flips[certificate.Index];
            var held = new HeldRadii(function, points[certificate.Index], found.Bounds, certificate, tally);
            held.Count();
            own.ForEach(held.Against);
            if (held.Largest > 0)
            {
                Probe(function, held, own, random);
                AttackWithin(function, inputs.RowRange(certificate.Index, 1), held, settings.Seed);
            }

            further?.Invoke(held, own);
        }
    }

    /// <summary>A point of the same label near one of the other; the input itself where no other is at hand.</summary>
    private static double[] NearBoundary(NaiveScore function, double[] input, RandomInputs random)
    {
        double norm = Math.Sqrt(input.Sum(v => v * v));
        double[] near = input;
        double[] far = NaiveNetwork.Move(input, random.Unit(input.Length), norm * random.Between(0.1, 10));
        int label = Math.Sign(function.Score(input).Value);
        if (label * function.Score(far).Value < 0)
        {
            for (int halvings = random.Integer(1, 40); halvings > 0; halvings--)
            {
                double[] middle = [.. near.Zip(far, (a, b) => 0.5 * (a + b))];
                (near, far) = label * function.Score(middle).Value > 0 ? (middle, far) : (near, middle);
            }
        }

        return near;
    }

    /// <summary>The flips of every input that attacks find, the shortest first.</summary>
    private static List<double[]>[] Flips(NaiveScore function, Matrix<float> inputs, double[][] points, AttackSettings settings, RandomInputs random)
    {
        Classification classification = Classify(function, new(inputs, [.. points.Select(x => function.Score(x).Value < 0 ? -1 : 1)]));
        List<double[]>[] flips = [.. points.Select(_ => new List<double[]>())];
        foreach (AttackMethod method in AttackMethods.All)
        {
            IMinimumNormAttack attack = method.Create(settings with { Norm = method.Norms[random.Integer(0, method.Norms.Count - 1)] });
            attack = attack is ExactGradientFlowAttack flow ? flow with { MaximumPieces = MostPieces } : attack;
            AttackResult result = AttackRunner.Run(attack, function.Function, classification, BallWideCheck.OneThread);
            double[][] perturbations = result.Perturbations.ToRows();
            foreach (AttackedExample example in result.Examples.Where(example => example.Status == ExampleStatus.Flipped))
            {
                flips[example.Index].Add(perturbations[example.Index]);
            }
        }

        return [.. flips.Select(own => own.OrderBy(flip => flip.Sum(v => v * v)).ToList())];
    }

    private static Classification Classify(NaiveScore function, LabelledInputs examples) =>
        Classification.Of(function.Function, examples, BallWideCheck.OneThread);

    /// <summary>The attacks with a budget, which is the radius.</summary>
    private static void AttackWithin(NaiveScore function, Matrix<float> input, HeldRadii held, ulong seed)
    {
        Classification classification = Classify(function, new(input, [held.Label]));
        double budget = Inside * held.Largest;
        foreach ((IFixedBudgetAttack attack, double size) in ((IFixedBudgetAttack, double)[])
        [
            (new ProjectedGradientAttack { Seed = seed, Restarts = 1 }, budget),
            (new OneStepWithinBudget(), budget),
            (new FastGradientSignAttack(), budget / Math.Sqrt(held.Point.Length)),
        ])
        {
            // Beyond that projected gradient descent is not meant to go.
            if (size > ProjectedGradientAttack.Largest)
            {
                continue;
            }

            held.Against(AttackRunner.Run(attack, size, function.Function, classification, BallWideCheck.OneThread).Perturbations.ToRows()[0]);
        }
    }

    /// <summary>What the bounds are told: the shortest flips, nothing, or nonsense, none of which may make them wrong.</summary>
    private static Matrix<float>? Known(List<double[]>[] flips, double[][] points, RandomInputs random)
    {
        int kind = random.Integer(0, 9);
        return kind == 0 ? null : flips.Select((own, i) =>
        {
            double[] shortest = own.Count > 0 ? own[0] : new double[points[i].Length];
            double length = Math.Sqrt(shortest.Sum(v => v * v)) * random.LogBetween(1e-3, 1e3);
            return kind switch
            {
                1 => [.. random.Unit(shortest.Length).Select(v => length * v)],
                2 => Array.ConvertAll(shortest, v => random.Sign() * random.LogBetween(1e-3, 1e3) * v),
                _ => shortest,
            };
        }).ToArray().ToMatrix();
    }

    private static void Probe(NaiveScore function, HeldRadii held, List<double[]> flips, RandomInputs random)
    {
        int dimension = held.Point.Length;
        List<double[]> directions = [Downhill(held.Point)];
        directions.AddRange(flips.Take(2));
        directions.AddRange(Enumerable.Range(0, RandomDirections).Select(_ => random.Unit(dimension)));
        for (int k = 0; k < Math.Min(dimension, 2); k++)
        {
            directions.Add([.. Enumerable.Range(0, dimension).Select(at => at == k ? (double)random.Sign() : 0)]);
        }

        double reach = Inside * held.Largest;
        foreach (double[] direction in directions)
        {
            held.Against(Scaled(direction, reach));
            held.Against(Scaled(direction, reach * random.Between(0, 1)));
        }

        // Along the sphere, from the first few of them.
        foreach (double[] direction in directions.Take(4))
        {
            double[] perturbation = Scaled(direction, reach);
            for (int step = 0; step < AscentSteps; step++)
            {
                double[] downhill = Downhill(NaiveNetwork.Move(held.Point, perturbation, 1));
                perturbation = Scaled(NaiveNetwork.Move(perturbation, Scaled(downhill, reach), random.Between(0.1, 2)), reach);
                held.Against(perturbation);
            }
        }

        double[] Downhill(double[] at) => Array.ConvertAll(function.Gradient(at), g => -held.Label * g);
    }

    /// <summary>A vector of a length along another; zero where that is zero.</summary>
    private static double[] Scaled(double[] vector, double length)
    {
        double norm = Math.Sqrt(vector.Sum(v => v * v));
        return norm > 0 ? Array.ConvertAll(vector, v => length / norm * v) : vector;
    }
}
