import Glibc

/// log(1 + exp(x)) for x of at most 0.
func logOnePlusExp(_ x: Float) -> Float { log1pf(expf(x)) }

/// 1 / (1 + exp(-x)).
func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

/// The natural logarithm.
func logOf(_ x: Double) -> Double { log(x) }
