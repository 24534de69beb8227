#include "models/calc/station_topics.h"

namespace plimsoll::calc {
namespace {

constexpr std::array kTopics{
    Topic{"erlang", answerErlang},
    Topic{"mmc", answerMmc},
    Topic{"overload", answerMmc},
    Topic{"zero-rate", answerZeroRate},
    Topic{"split-or-pooled", answerSplitOrPooled},
    Topic{"saturation", answerSaturation},
    Topic{"mmck", answerMmck},
    Topic{"mg1", answerMg1},
    Topic{"mg1-percentiles", answerMg1},
    Topic{"constant-service", answerGgc},
    Topic{"ggc-mean", answerGgc},
    Topic{"ggc-delay-probability", answerGgc},
    Topic{"ggc-percentiles", answerGgc},
    Topic{"ps-exponential", answerSharing},
    Topic{"ps-general-mean", answerSharing},
    Topic{"ps-general-percentiles", answerSharing},
    Topic{"priority-nonpreemptive", answerNonPreemptive},
    Topic{"priority-preemptive", answerPreemptive},
    Topic{"impatience-exponential", answerExponentialPatience},
    Topic{"impatience-constant", answerConstantPatience},
    Topic{"heterogeneous-servers", answerHeterogeneous},
    Topic{"setup", answerSetup},
    Topic{"vacation", answerVacation},
    Topic{"pauses", answerPauses},
    Topic{"batch", answerBatch},
    Topic{"finite-queue-general", answerFiniteQueue},
    Topic{"loss-general", answerLoss},
    Topic{"mginf-sizing", answerSizing},
    Topic{"usl", answerUsl},
    Topic{"contention", answerContention},
    Topic{"station", answerStation},
    Topic{"sum-of-exponentials", answerStages},
    Topic{"percentile-of-mixture", answerMixture},
    Topic{"percentile-of-sum", answerSeries},
    Topic{"constant-percentiles", answerLaw},
    Topic{"percentile-ends", answerLaw},
    Topic{"atom-at-percentile", answerBranches},
    Topic{"sample-percentiles", answerSamples},
    Topic{"range", answerRange},
};

} // namespace

std::span<const Topic> stationTopics() {
    return kTopics;
}

} // namespace plimsoll::calc
