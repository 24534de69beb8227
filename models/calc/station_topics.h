// The topics about one resource, one function each, tabled in station_topics.cpp. Internal to models/calc.
#pragma once
#include "models/calc/topics.h"

namespace plimsoll::calc {

// erlang_mmc.cpp
ordered_json answerErlang(const json& inputs);
ordered_json answerMmc(const json& inputs);
/// M/M/c, or with `classes` the same for several classes with one service law.
ordered_json answerZeroRate(const json& inputs);
/// One queue for all servers, or one for each with arrivals sent at random.
ordered_json answerSplitOrPooled(const json& inputs);
ordered_json answerSaturation(const json& inputs);
// single_server.cpp
ordered_json answerMg1(const json& inputs);
ordered_json answerSetup(const json& inputs);
ordered_json answerVacation(const json& inputs);
ordered_json answerPauses(const json& inputs);
ordered_json answerBatch(const json& inputs);
// general_queue.cpp
ordered_json answerGgc(const json& inputs);
ordered_json answerSharing(const json& inputs);
ordered_json answerContention(const json& inputs);
ordered_json answerUsl(const json& inputs);
// finite_queue.cpp
ordered_json answerMmck(const json& inputs);
ordered_json answerFiniteQueue(const json& inputs);
ordered_json answerLoss(const json& inputs);
ordered_json answerSizing(const json& inputs);
// priorities.cpp
ordered_json answerNonPreemptive(const json& inputs);
ordered_json answerPreemptive(const json& inputs);
// impatience.cpp
ordered_json answerExponentialPatience(const json& inputs);
ordered_json answerConstantPatience(const json& inputs);
// heterogeneous.cpp
ordered_json answerHeterogeneous(const json& inputs);
// laws.cpp
ordered_json answerStages(const json& inputs);
ordered_json answerMixture(const json& inputs);
ordered_json answerSeries(const json& inputs);
ordered_json answerLaw(const json& inputs);
ordered_json answerBranches(const json& inputs);
ordered_json answerSamples(const json& inputs);
/// What must be refused: a percentile, a capacity or a time between arrivals out of range.
ordered_json answerRange(const json& inputs);
// queue.cpp
/// Any of the above for one station, chosen by the keys that are there.
ordered_json answerStation(const json& inputs);

} // namespace plimsoll::calc
