// Requests that come in batches to one server (M[X]/G/1; theory/stations.md 10).
#pragma once
#include "engine/queueing/wait.h"

namespace plimsoll::queueing {

enum class BatchLaw { Constant, Geometric };
struct BatchSize {
    double mean = 1; // >= 1; constant: whole
    BatchLaw law = BatchLaw::Geometric;
};

/// Scv of the time between requests that a station sees as one stream: E[X^2] / E[X] (for G/G/c with c > 1).
double batchArrivalScv(const BatchSize& size);
/// The wait of a request taken at random, exact: the wait of its batch, and the batch's members before it. Load < 1.
WaitTransform batchWait(double batchRate_per_s, const BatchSize& size, const distribution::Distribution& service);

} // namespace plimsoll::queueing
