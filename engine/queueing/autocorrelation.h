// How long a queue stays as it is.
#pragma once

namespace plimsoll::queueing {

/// Correlation of the number in an M/M/1 station, `utilisation` below 1, with that an exponential time of mean `lag`
/// later (in mean services): 1 at once, 0 in the end. Closed form by the transform of the chance to find it empty
/// (Takacs 1962, Introduction to the Theory of Queues, ch. 1; the lag is the transform's variable).
double queueAutocorrelation(double utilisation, double lag);

} // namespace plimsoll::queueing
